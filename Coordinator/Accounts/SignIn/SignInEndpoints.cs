using Microsoft.AspNetCore.Identity;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>
/// Signing in can't ask who somebody is, so it is open to strangers, limited by address, and slowed down by name and address
/// (<see cref="Patience"/>). Confirming checks the same secrets for somebody who is signed in, and is limited alike.
/// </summary>
internal static class SignInEndpoints
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, AccountSettings settings) => services
        .Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = settings.PasswordIterations)
        .AddSingleton<IPasswordHasher<SignInRow>, PasswordHasher<SignInRow>>()
        .AddSingleton<People>()
        .AddSingleton<Patience>()
        .AddSingleton<Turns>()
        .AddSingleton<Proving>()
        .AddSingleton<SignInHandlers>();

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Routes.SignIn, SignInAsync).Gives<SignedIn>().WithTags("Signing in")
            .OpenToStrangers(RouteLimit.Guesses).WithName("SignIn");
        routes.MapPost(Routes.AccountConfirmation, ConfirmAsync).Produces(204).WithTags("Account")
            .NeedsSignIn().LimitedAs(RouteLimit.Guesses).WithName("ConfirmSession");
    }

    private static Task<IResult> SignInAsync(PasswordSignIn ask, HttpContext context, SignInHandlers handlers, CancellationToken cancellationToken) =>
        handlers.SignInAsync(ask, context, cancellationToken).Ok();

    private static Task<IResult> ConfirmAsync(UserCaller caller, ConfirmSession ask, HttpContext context, SignInHandlers handlers,
        CancellationToken cancellationToken) => handlers.ConfirmAsync(caller, ask, context, cancellationToken).NoContent();
}
