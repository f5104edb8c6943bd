using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Administration;

/// <summary>
/// How other people sign in: whoever may edit an account, and holds all that it does, invites it, disables it, resets its
/// second factor. In a session these want a fresh proof, like whatever an admin changes.
/// </summary>
internal static class AdministrationEndpoints
{
    public static IServiceCollection AddAdministration(this IServiceCollection services) => services.AddSingleton<AccountAdministration>();

    public static void MapAdministration(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup(Routes.Users + "/{id}").WithTags("Accounts").Needs(Resource.User, Operation.Edit).FreshlyIfSession();
        users.MapPost("/invitation", InviteAsync).Gives<InvitedUser>().WithName("InviteUser");
        users.MapPut("/disabled", DisableAsync).Produces(204).WithName("DisableUser");
        users.MapDelete("/disabled", EnableAsync).Produces(204).WithName("EnableUser");
        users.MapDelete("/second-factor", ResetAsync).Produces(204).WithName("ResetSecondFactor");
    }

    private static Task<IResult> InviteAsync(UserCaller caller, UserId id, InviteUser ask, AccountAdministration administration,
        CancellationToken cancellationToken) => administration.InviteAsync(caller, id, ask, cancellationToken).Ok();

    private static Task<IResult> DisableAsync(UserCaller caller, UserId id, AccountAdministration administration, CancellationToken cancellationToken) =>
        administration.DisableAsync(caller, id, disabled: true, cancellationToken).NoContent();

    private static Task<IResult> EnableAsync(UserCaller caller, UserId id, AccountAdministration administration, CancellationToken cancellationToken) =>
        administration.DisableAsync(caller, id, disabled: false, cancellationToken).NoContent();

    private static Task<IResult> ResetAsync(UserCaller caller, UserId id, AccountAdministration administration, CancellationToken cancellationToken) =>
        administration.ResetSecondFactorAsync(caller, id, cancellationToken).NoContent();
}
