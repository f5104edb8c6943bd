using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vantage.Client.Errors;

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
            var extra = LoadCa(file);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None
                || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsIssuedBy(extra, certificate, chain));
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

    private static X509Certificate2Collection LoadCa(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            return certificates.Count > 0 ? certificates : throw new CryptographicException("It holds no certificate.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"The CA file {file} can't be used: {e.Message}",
                "Give a PEM file with the certificate authorities of your institution.", e);
        }
    }

    private static bool IsIssuedBy(X509Certificate2Collection extra, X509Certificate? certificate, X509Chain? sent)
    {
        if (certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(extra);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var leaf = new X509Certificate2(certificate);
        return chain.Build(leaf);
    }
}
