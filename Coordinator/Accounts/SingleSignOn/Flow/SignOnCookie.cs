using Vantage.Coordinator.Hosting;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>
/// Binds a sign-on to the browser that began it. One for each that is under way, so that two tabs do not undo each other.
/// <c>__Host-</c> keeps other hosts and plain http from planting one; on a Coordinator without TLS, which only this machine
/// reaches, browsers would refuse that name.
/// </summary>
internal static class SignOnCookie
{
    private const int NameLength = 16;

    public static void Set(HttpContext context, PublicAddress address, SignOnTicket ticket, string sealedTicket) =>
        context.Response.Cookies.Append(NameOf(address, ticket.State), sealedTicket, Options(address, ticket.EndsAt));

    /// <summary>And takes it away.</summary>
    public static string? Take(HttpContext context, PublicAddress address, string state)
    {
        if (state.Length < NameLength || !state.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            || context.Request.Cookies[NameOf(address, state)] is not { } found)
        {
            return null;
        }

        context.Response.Cookies.Append(NameOf(address, state), "", Options(address, DateTimeOffset.UnixEpoch));
        return found;
    }

    private static string NameOf(PublicAddress address, string state) =>
        $"{(IsSecure(address) ? "__Host-" : "")}vantage-sign-on-{state[..NameLength]}";

    private static bool IsSecure(PublicAddress address) => address.Url.StartsWith("https:", StringComparison.Ordinal);

    // Lax: the provider leads back from another site.
    private static CookieOptions Options(PublicAddress address, DateTimeOffset ends) => new()
    {
        HttpOnly = true, Secure = IsSecure(address), SameSite = SameSiteMode.Lax, Path = "/", Expires = ends, IsEssential = true,
    };
}
