using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Access;

/// <summary>
/// Cookies go along by themselves, so whatever a cookie vouches for has to come from a page of ours as well. Where the
/// browser names the page's origin, it is ours exactly; where it says how request and page relate, it is the same origin
/// (or, for reading, nobody's page: somebody typed the address). <c>Sec-Fetch-Mode</c> is never asked: any page can choose
/// it. What changes something or opens a socket has to say at least one of the two.
/// </summary>
internal static class CrossSite
{
    /// <summary>Null lets through.</summary>
    public static Refusal? Judge(HttpRequest request, PublicAddress own) => Judge(
        IsSafe(request), request.Headers.Origin.Count == 0 ? null : request.Headers.Origin.ToString(),
        request.Headers["Sec-Fetch-Site"].Count == 0 ? null : request.Headers["Sec-Fetch-Site"].ToString(), own.IsOrigin);

    internal static Refusal? Judge(bool safe, string? origin, string? site, Func<string, bool> isOwn)
    {
        if (origin is not null && !isOwn(origin))
            return Refused;
        if (site is not null && site != "same-origin" && !(safe && site == "none"))
            return Refused;
        return safe || origin is not null || site is not null ? null : Refused;
    }

    private static Refusal Refused { get; } = new(ErrorCodes.CrossSite,
        "The request came with this Coordinator's cookie and not from a page of this Coordinator's. Programs send a token or session as "
        + "'Authorization: Bearer …' instead.");

    private static bool IsSafe(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.HttpContext.Features.IsUpgrade();

    private static bool IsUpgrade(this Microsoft.AspNetCore.Http.Features.IFeatureCollection features) =>
        features.Get<Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature>() is { IsUpgradableRequest: true };
}
