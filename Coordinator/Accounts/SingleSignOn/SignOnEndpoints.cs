using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Accounts.SingleSignOn.Flow;
using Vantage.Coordinator.Accounts.SingleSignOn.People;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SingleSignOn;

/// <summary>
/// Signing in by an identity provider: a program sends the person's browser to the first address, the provider leads it
/// back to the second, which leads it on to the program, which exchanges what it got at the third. Open to strangers, since
/// that is who signs in; limited by address; nothing is stored before the third. Admins link accounts to people.
/// </summary>
internal static class SignOnEndpoints
{
    public static IServiceCollection AddSingleSignOn(this IServiceCollection services, SignOnSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<ProviderBook>()
        .AddSingleton<SignOnSeal>()
        .AddSingleton<UsedOnce>()
        .AddSingleton<SignOnStart>()
        .AddSingleton<SignOnReturn>()
        .AddSingleton<ProvidedAccounts>()
        .AddSingleton<SignOnSessions>()
        .AddSingleton<LinkHandlers>();

    public static void MapSingleSignOn(this IEndpointRouteBuilder routes)
    {
        var flow = routes.MapGroup("").WithTags("Single sign-on").OpenToStrangers(RouteLimit.Strangers);
        flow.MapGet(Routes.SignOn, List).Gives<SignOnProviders>().WithName("ListSignOnProviders");
        flow.MapGet(Routes.SignOn + "/{provider}", LeadAsync).Produces(303).WithName("StartSignOn");
        flow.MapGet(Routes.SignOn + "/{provider}/callback", TakeAsync).Produces(303).WithName("ReturnFromSignOn");
        flow.MapPost(Routes.SignOn + "/{provider}/session", OpenAsync).Gives<SignedOn>(201).WithName("OpenSignOn");

        var links = routes.MapGroup(Routes.Users + "/{id}/identities").WithTags("Single sign-on").Needs(Resource.User, Operation.Edit);
        links.MapGet("", ListLinksAsync).Gives<LinkedIdentities>().WithName("ListIdentities");
        links.MapPost("", LinkAsync).Gives<LinkedIdentities>(201).FreshlyIfSession().WithName("LinkIdentity");
        links.MapDelete("", UnlinkAsync).Produces(204).FreshlyIfSession().WithName("UnlinkIdentity");
    }

    private static Task<IResult> List(ProviderBook providers) => Task.FromResult<Answer<SignOnProviders>>(new SignOnProviders(
        [.. providers.All.Select(entry => new SignOnProvider(entry.Name, entry.Settings.Title ?? entry.Name))])).Ok();

    private static Task<IResult> LeadAsync(string provider, HttpContext context, SignOnStart start, CancellationToken cancellationToken) =>
        start.LeadAsync(provider, context, cancellationToken);

    private static Task<IResult> TakeAsync(string provider, HttpContext context, SignOnReturn back, CancellationToken cancellationToken) =>
        back.TakeAsync(provider, context, cancellationToken);

    private static Task<IResult> OpenAsync(string provider, OpenSignOn ask, HttpContext context, SignOnSessions sessions,
        CancellationToken cancellationToken) =>
        sessions.OpenAsync(provider, ask, context, cancellationToken).Created(_ => Routes.Me);

    private static Task<IResult> ListLinksAsync(UserCaller caller, UserId id, LinkHandlers handlers, CancellationToken cancellationToken) =>
        handlers.ListAsync(caller, id, cancellationToken).Ok();

    private static Task<IResult> LinkAsync(UserCaller caller, UserId id, LinkIdentity ask, LinkHandlers handlers, CancellationToken cancellationToken) =>
        handlers.LinkAsync(caller, id, ask, cancellationToken).Created(_ => $"{Routes.Users}/{id}/identities");

    private static Task<IResult> UnlinkAsync(UserCaller caller, UserId id, string provider, string subject, LinkHandlers handlers,
        CancellationToken cancellationToken) => handlers.UnlinkAsync(caller, id, provider, subject, cancellationToken).NoContent();
}
