using System.Security.Claims;
using Vantage.Coordinator.Accounts.ServiceAccounts;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Access;

/// <summary>Between routing and the endpoint: finds the caller, then asks the gate.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, Credentials credentials, RateLimits limits, PublicAddress address,
    ServiceCredentials services, TimeProvider time)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null)
        {
            await Problems.WriteAsync(context, Refusal.NotFound("such address"));
            return;
        }

        if (endpoint is not RouteEndpoint)
        {
            // The framework's own answers to a wrong method or media type: nobody's route.
            await next(context);
            return;
        }

        var access = endpoint.Metadata.GetMetadata<RouteAccess>();
        if (await LimitAsync(context, endpoint, access) is { } refusal)
            await Problems.WriteAsync(context, refusal);
        else if (RouteGate.Judge(access, endpoint, context.FindCaller()) is { } no)
            await Problems.WriteAsync(context, no);
        else if (Freshness.Judge(endpoint, context.Request.Method, context.FindCaller(), time.GetUtcNow()) is { } stale)
            await Problems.WriteAsync(context, stale);
        else
            await next(context);
    }

    /// <summary>Knows the caller afterwards, unless the route needs none.</summary>
    private async ValueTask<Refusal?> LimitAsync(HttpContext context, Endpoint endpoint, RouteAccess? access)
    {
        if (access is RouteAccess.Open open)
            return limits.Of(context, open.Limit);
        if (limits.RefusedTokens(context) is { } tooMany)
            return tooMany;
        if (await AuthenticateAsync(context) is { } refusal)
        {
            limits.CountRefused(context);
            return refusal;
        }

        if (context.FindCaller() is not { } caller)
            return null;
        return limits.Of(caller)
            ?? (endpoint.Metadata.GetMetadata<RouteLimitMetadata>() is { } more ? limits.Of(context, more.Limit) ?? limits.Of(caller, more.Limit) : null);
    }

    /// <summary>
    /// Without a credential there is no caller, and the gate decides; with one it has to be right. A header outweighs a
    /// cookie: nobody else's page can make a browser send one.
    /// </summary>
    private async ValueTask<Refusal?> AuthenticateAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return context.Request.Cookies[SessionCookie.Name] is not { } cookie ? null
                : CrossSite.Judge(context.Request, address) is { } foreign ? foreign
                : SecretText.TryParse(cookie, out var session) && session.Prefix == SecretText.UserSession ? await KnowAsync(context, session)
                : Unknown;
        }

        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
        return SecretText.TryParse(token, out var secret) ? await KnowAsync(context, secret)
            : services.Takes(token) ? await KnowServiceAsync(context, token)
            : new Refusal(ErrorCodes.Unauthenticated,
                "The Authorization header holds no token of Vantage ('Bearer vtg_…'), or only a part of one: was it cut when copied?");
    }

    private async ValueTask<Refusal?> KnowServiceAsync(HttpContext context, string token)
    {
        if (await services.CheckAsync(token, context.RequestAborted) is not CredentialCheck.Known(var caller))
            return Unknown;
        CallerFeature.Set(context, caller, new ForeignCredential(async ct => await services.CheckAsync(token, ct) is CredentialCheck.Known));
        context.User = Principal(caller);
        return null;
    }

    /// <summary>For what the framework keys by user, such as SignalR's connections.</summary>
    private static ClaimsPrincipal Principal(Caller caller) => new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, caller.Actor)], "Bearer"));

    private async ValueTask<Refusal?> KnowAsync(HttpContext context, SecretText secret)
    {
        switch (await credentials.CheckAsync(secret, context.RequestAborted))
        {
            case CredentialCheck.Known(UserCaller { Terms: var terms }) when !terms.Allow(context.Connection.RemoteIpAddress):
                // The same words as for a token that nobody knows: whoever found it learns nothing by trying.
                return Unknown;
            case CredentialCheck.Known(var caller):
                CallerFeature.Set(context, caller, secret);
                context.User = Principal(caller);
                return null;
            case CredentialCheck.Expired:
                return new Refusal(ErrorCodes.TokenExpired, secret.Prefix == SecretText.ApiToken
                    ? "This token has expired. Ask an admin of your organization for a new one."
                    : "This session has expired. Sign in again.");
            default:
                return Unknown;
        }
    }

    private static Refusal Unknown { get; } = new(ErrorCodes.Unauthenticated,
        "This Coordinator does not know the token: it was revoked, belongs to another Coordinator, or is not for this address.");
}
