using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Passwords;

/// <summary>Everyone changes their own password, in a session, with the old one; nobody anybody else's.</summary>
internal static class PasswordEndpoints
{
    public static IServiceCollection AddPasswords(this IServiceCollection services) => services
        .AddSingleton<PasswordHashes>()
        .AddHostedService(provider => provider.GetRequiredService<PasswordHashes>())
        .AddSingleton<PasswordHandlers>();

    public static void MapPasswords(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Routes.AccountPassword, ChangeAsync).Produces(204).WithTags("Account")
            .NeedsSignIn().LimitedAs(RouteLimit.Guesses).Freshly().WithName("ChangePassword");

    private static Task<IResult> ChangeAsync(UserCaller caller, ChangePassword ask, HttpContext context, PasswordHandlers handlers,
        CancellationToken cancellationToken) => handlers.ChangeAsync(caller, ask, context, cancellationToken).NoContent();
}
