using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.SecondFactors;

/// <summary>
/// One's own authenticator app and recovery codes: in a session that was confirmed lately, with the second factor where there
/// is one. An admin can only take it away (<c>Administration</c>), never see or set it.
/// </summary>
internal static class TotpEndpoints
{
    public static IServiceCollection AddSecondFactors(this IServiceCollection services) => services
        .AddSingleton<AccountKey>()
        .AddSingleton<SecondFactor>()
        .AddSingleton<TotpHandlers>();

    public static void MapSecondFactors(this IEndpointRouteBuilder routes)
    {
        var totp = routes.MapGroup("").WithTags("Account").NeedsSignIn().Freshly();
        totp.MapPost(Routes.AccountTotp, ProposeAsync).Gives<NewTotp>().WithName("AddTotp");
        totp.MapPost(Routes.AccountTotp + "/confirmation", ConfirmAsync).Gives<RecoveryCodeList>().LimitedAs(RouteLimit.Guesses).WithName("ConfirmTotp");
        totp.MapDelete(Routes.AccountTotp, RemoveAsync).Produces(204).WithName("RemoveTotp");
        totp.MapPost(Routes.AccountRecoveryCodes, RenewAsync).Gives<RecoveryCodeList>().WithName("RenewRecoveryCodes");
    }

    private static Task<IResult> ProposeAsync(UserCaller caller, TotpHandlers handlers, CancellationToken cancellationToken) =>
        handlers.ProposeAsync(caller, cancellationToken).Ok();

    private static Task<IResult> ConfirmAsync(UserCaller caller, ConfirmTotp ask, TotpHandlers handlers, CancellationToken cancellationToken) =>
        handlers.ConfirmAsync(caller, ask, cancellationToken).Ok();

    private static Task<IResult> RemoveAsync(UserCaller caller, TotpHandlers handlers, CancellationToken cancellationToken) =>
        handlers.RemoveAsync(caller, cancellationToken).NoContent();

    private static Task<IResult> RenewAsync(UserCaller caller, TotpHandlers handlers, CancellationToken cancellationToken) =>
        handlers.RenewCodesAsync(caller, cancellationToken).Ok();
}
