using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Devices;

/// <summary>
/// The devices at which a person works, each by the certificates of its two keys. Whoever publishes some could be the person
/// with them, hence who may do less than that account may not. Taking a device off keeps it from being sealed to and gives
/// nobody anything; that its keys count no more is for the organization to sign, not for this route.
/// </summary>
internal static class DeviceEndpoints
{
    public static IServiceCollection AddDevices(this IServiceCollection services) => services.AddSingleton<DeviceHandlers>();

    public static void MapDevices(this RouteGroupBuilder users)
    {
        users.MapPut(Routes.Users + "/{id}/certificates", PublishAsync).Gives<User>().Needs(Resource.User, Operation.Edit).WithName("PublishUserCertificates");
        users.MapDelete(Routes.Users + "/{id}/devices/{key}", RemoveAsync).Produces(204).Needs(Resource.User, Operation.Edit).WithName("RemoveUserDevice");
    }

    private static Task<IResult> PublishAsync(UserCaller caller, UserId id, PublishCertificates ask, DeviceHandlers handlers,
        CancellationToken cancellationToken) => handlers.PublishAsync(caller, id, ask, cancellationToken).Ok();

    private static Task<IResult> RemoveAsync(UserCaller caller, UserId id, KeyId key, DeviceHandlers handlers, CancellationToken cancellationToken) =>
        handlers.RemoveAsync(caller, id, key, cancellationToken).NoContent();
}
