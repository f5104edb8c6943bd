using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.ServiceAccounts;

/// <summary>
/// Accounts of programs that show access tokens of the institution's provider. An admin declares which client of the
/// provider works by which account; a client that nobody declared is nobody. Such an account has no token of ours.
/// </summary>
internal static class ServiceAccountEndpoints
{
    public static IServiceCollection AddServiceAccounts(this IServiceCollection services, ServiceSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<ServiceCredentials>()
        .AddSingleton<ServiceAccountHandlers>();

    public static void MapServiceAccounts(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Routes.ServiceAccounts, CreateAsync).WithTags("Service accounts").Gives<User>(201)
            .Needs(Resource.User, Operation.Create).FreshlyIfSession().WithName("CreateServiceAccount");

    private static Task<IResult> CreateAsync(UserCaller caller, CreateServiceAccount ask, ServiceAccountHandlers handlers,
        CancellationToken cancellationToken) =>
        handlers.CreateAsync(caller, ask, cancellationToken).Created(made => $"{Routes.Users}/{made.Id}");
}
