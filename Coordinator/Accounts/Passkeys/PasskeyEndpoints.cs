using Microsoft.AspNetCore.Identity;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Accounts.Passkeys;

/// <summary>
/// Passkeys by ASP.NET Core's own handler. Signing in with one is open to strangers; adding and removing one's own wants a
/// session that was confirmed lately. Attestation is not asked for: which maker's key somebody holds is their business.
/// </summary>
internal static class PasskeyEndpoints
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddIdentityCore<Person>();
        services.AddScoped<PersonStore>().AddScoped<IUserStore<Person>>(provider => provider.GetRequiredService<PersonStore>())
            .AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>()
            .AddSingleton<PasskeyStates>().AddSingleton<PasskeyRegistration>().AddSingleton<PasskeySigningIn>()
            .AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>(Configure);
        return services;
    }

    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        var arrival = routes.MapGroup("").WithTags("Signing in").OpenToStrangers(RouteLimit.Guesses);
        arrival.MapPost(Routes.SignInPasskey + "/challenge", BeginAsync).Gives<PasskeyChallenge>().WithName("AskPasskeySignIn");
        arrival.MapPost(Routes.SignInPasskey, SignInAsync).Gives<SignedIn>().WithName("SignInByPasskey");
        var own = routes.MapGroup("").WithTags("Account").NeedsSignIn();
        own.MapGet(Routes.AccountPasskeys, ListAsync).Gives<Page<Passkey>>().WithName("ListPasskeys");
        own.MapPost(Routes.AccountPasskeys + "/challenge", BeginAddingAsync).Gives<PasskeyChallenge>().Freshly().WithName("AskPasskey");
        own.MapPost(Routes.AccountPasskeys, AddAsync).Gives<Passkey>(201).Freshly().WithName("AddPasskey");
        own.MapDelete(Routes.AccountPasskeys + "/{id}", RemoveAsync).Produces(204).Freshly().WithName("RemovePasskey");
        own.MapPost(Routes.AccountConfirmation + "/passkey/challenge", BeginConfirmingAsync).Gives<PasskeyChallenge>().WithName("AskPasskeyConfirmation");
        own.MapPost(Routes.AccountConfirmation + "/passkey", ConfirmAsync).Produces(204).LimitedAs(RouteLimit.Guesses).WithName("ConfirmByPasskey");
    }

    /// <summary>Browsers know no passkeys of bare addresses; this machine's go by the name it has for itself.</summary>
    private static void Configure(IdentityPasskeyOptions passkeys, PublicAddress address)
    {
        var url = new Uri(address.Url);
        passkeys.ServerDomain = ListenSettings.IsLoopback(url) ? "localhost" : url.IdnHost;
        passkeys.UserVerificationRequirement = "required";
        passkeys.ResidentKeyRequirement = "required";
        passkeys.AttestationConveyancePreference = "none";
        passkeys.ValidateOrigin = context => ValueTask.FromResult(
            !context.CrossOrigin && string.IsNullOrEmpty(context.TopOrigin) && address.IsOrigin(context.Origin));
    }

    private static Task<IResult> BeginAsync(HttpContext context, PasskeySigningIn passkeys) => passkeys.BeginAsync(context).Ok();

    private static Task<IResult> SignInAsync(PasskeySignIn ask, HttpContext context, PasskeySigningIn passkeys, CancellationToken cancellationToken) =>
        passkeys.SignInAsync(ask, context, cancellationToken).Ok();

    private static Task<IResult> ListAsync(UserCaller caller, PasskeyRegistration passkeys, CancellationToken cancellationToken) =>
        passkeys.ListAsync(caller, cancellationToken).Ok();

    private static Task<IResult> BeginAddingAsync(UserCaller caller, HttpContext context, PasskeyRegistration passkeys) =>
        passkeys.BeginAsync(caller, context).Ok();

    private static Task<IResult> AddAsync(UserCaller caller, AddPasskey ask, HttpContext context, PasskeyRegistration passkeys,
        CancellationToken cancellationToken) =>
        passkeys.AddAsync(caller, ask, context, cancellationToken).Created(made => $"{Routes.AccountPasskeys}/{made.Id}");

    private static Task<IResult> RemoveAsync(UserCaller caller, string id, PasskeyRegistration passkeys, CancellationToken cancellationToken) =>
        passkeys.RemoveAsync(caller, id, cancellationToken).NoContent();

    private static Task<IResult> BeginConfirmingAsync(UserCaller caller, HttpContext context, PasskeySigningIn passkeys) =>
        passkeys.BeginConfirmingAsync(caller, context).Ok();

    private static Task<IResult> ConfirmAsync(UserCaller caller, PasskeySignIn ask, HttpContext context, PasskeySigningIn passkeys,
        CancellationToken cancellationToken) => passkeys.ConfirmAsync(caller, ask, context, cancellationToken).NoContent();
}
