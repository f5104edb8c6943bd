using System.Net;
using Vantage.Client.Errors;
using Vantage.Protocol.Tls;

namespace Vantage.Client.Connection;

/// <summary>
/// Makes the one HttpClient of a <see cref="VantageClient"/>: its proxy, its trust, no cookies, no redirects.
/// </summary>
internal static class HttpClientFactory
{
    public static HttpClient Create(VantageClientOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the token to wherever it points.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        };
        if (options.Proxy is { } proxy)
        {
            handler.Proxy = ToProxy(proxy);
        }

        if (options.CaFile is { } file)
        {
            Authorities(file).ApplyTo(handler.SslOptions);
        }

        return new HttpClient(handler)
        {
            BaseAddress = CoordinatorUrl.Check(options.Url),
            Timeout = Timeout.InfiniteTimeSpan
        };
    }

    private static WebProxy ToProxy(Uri proxy)
    {
        var plain = new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;
        var separator = proxy.UserInfo.IndexOf(':', StringComparison.Ordinal);
        return new WebProxy(plain)
        {
            Credentials = proxy.UserInfo.Length == 0 ? null
                : separator < 0 ? new NetworkCredential(Uri.UnescapeDataString(proxy.UserInfo), "")
                : new NetworkCredential(Uri.UnescapeDataString(proxy.UserInfo[..separator]),
                    Uri.UnescapeDataString(proxy.UserInfo[(separator + 1)..])),
        };
    }

    private static FurtherAuthorities Authorities(string file)
    {
        try
        {
            return FurtherAuthorities.FromPemFile(file);
        }
        catch (AuthoritiesException e)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"The CA file {e.Message}",
                "Give a PEM file with the certificate authorities of your institution.", e);
        }
    }
}
