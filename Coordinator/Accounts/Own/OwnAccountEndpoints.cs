using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Own;

/// <summary>One's own account. Its address is where recovery goes, so changing it wants a fresh proof.</summary>
internal static class OwnAccountEndpoints
{
    public static IServiceCollection AddOwnAccount(this IServiceCollection services) => services.AddSingleton<OwnAccountHandlers>();

    public static void MapOwnAccount(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("").WithTags("Account").NeedsSignIn();
        own.MapGet(Routes.Account, ShowAsync).Gives<AccountView>().WithName("ShowAccount");
        own.MapPut(Routes.AccountEmail, ChangeEmailAsync).Produces(204).Freshly().WithName("ChangeEmail");
    }

    private static Task<IResult> ShowAsync(UserCaller caller, OwnAccountHandlers handlers, CancellationToken cancellationToken) =>
        handlers.ShowAsync(caller, cancellationToken).Ok();

    private static Task<IResult> ChangeEmailAsync(UserCaller caller, ChangeEmail ask, OwnAccountHandlers handlers, CancellationToken cancellationToken) =>
        handlers.ChangeEmailAsync(caller, ask, cancellationToken).NoContent();
}
