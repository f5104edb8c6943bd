using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Recovery;

/// <summary>
/// For people who can't sign in (yet), therefore open to strangers and limited like sign-in itself. What they need instead is
/// a one-time code from an admin or from their own mailbox.
/// </summary>
internal static class RecoveryEndpoints
{
    public static IServiceCollection AddRecovery(this IServiceCollection services) => services
        .AddSingleton<AccountCodes>()
        .AddSingleton<RecoveryHandlers>()
        .AddSingleton<RecoveryLetters>();

    public static void MapRecovery(this IEndpointRouteBuilder routes)
    {
        var arrival = routes.MapGroup("").WithTags("Signing in").OpenToStrangers(RouteLimit.Guesses);
        arrival.MapPost(Routes.SignInInvitation, AcceptAsync).Produces(204).WithName("AcceptInvitation");
        arrival.MapPost(Routes.SignInRecovery, AskAsync).Produces(204).WithName("AskRecovery");
        arrival.MapPost(Routes.SignInRecoveryPassword, RecoverAsync).Produces(204).WithName("Recover");
        arrival.MapPost(Routes.SignInEmail, VerifyAsync).Produces(204).WithName("VerifyEmail");
    }

    private static Task<IResult> AcceptAsync(SetPassword ask, RecoveryHandlers handlers, CancellationToken cancellationToken) =>
        handlers.SetPasswordAsync(CodePurpose.Invitation, ask, cancellationToken).NoContent();

    private static Task<IResult> AskAsync(AskRecovery ask, RecoveryHandlers handlers) => Task.FromResult(handlers.Ask(ask)).NoContent();

    private static Task<IResult> RecoverAsync(SetPassword ask, RecoveryHandlers handlers, CancellationToken cancellationToken) =>
        handlers.SetPasswordAsync(CodePurpose.Recovery, ask, cancellationToken).NoContent();

    private static Task<IResult> VerifyAsync(VerifyEmail ask, RecoveryHandlers handlers, CancellationToken cancellationToken) =>
        handlers.VerifyEmailAsync(ask, cancellationToken).NoContent();
}
