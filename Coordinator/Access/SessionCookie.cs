namespace Vantage.Coordinator.Access;

/// <summary>
/// A session as browsers carry it. The name's prefix makes them refuse it from plain http, for another path, or from a
/// neighbouring host; scripts can't read it; and it goes along with requests of our own pages only.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "__Host-vantage";

    public static void Set(HttpContext context, string secret, DateTimeOffset expires) =>
        context.Response.Cookies.Append(Name, secret, Options(expires));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(null));

    private static CookieOptions Options(DateTimeOffset? expires) => new()
    {
        Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true, Expires = expires,
    };
}
