namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>Addresses of a provider: https, and nothing in them that belongs elsewhere.</summary>
internal static class ProviderAddress
{
    public static bool IsFit(Uri url) =>
        url is { IsAbsoluteUri: true, Scheme: "https" } && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.Fragment.Length == 0;

    public static Uri Discovery(string issuer) => new(issuer.TrimEnd('/') + "/.well-known/openid-configuration");
}
