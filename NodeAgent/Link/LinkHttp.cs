using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vantage.NodeAgent.Hosting;

namespace Vantage.NodeAgent.Link;

/// <summary>The node's one way out: its proxy, its trusted authorities, no cookies, no redirects.</summary>
internal sealed class LinkHttp : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly SocketsHttpHandler handler;

    public LinkHttp(NodeSettings settings)
    {
        Coordinator = settings.Coordinator;
        handler = new SocketsHttpHandler
        {
            // A redirect would carry the session to wherever it points.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            // Shorter than what proxies usually allow, so that a request seldom meets a connection that is just being closed.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            UseProxy = settings.Proxy is not null,
            Proxy = settings.Proxy?.ToWebProxy(),
        };
        if (settings.ExtraCa is { } file)
        {
            var extra = LoadCa(file);
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None
                || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsIssuedBy(extra, certificate, chain));
        }

        Client = new HttpClient(handler, disposeHandler: false) { BaseAddress = Coordinator, Timeout = Timeout.InfiniteTimeSpan };
        Invoker = new HttpMessageInvoker(handler, disposeHandler: false);
    }

    public Uri Coordinator { get; }

    public HttpClient Client { get; }

    /// <summary>For WebSockets.</summary>
    public HttpMessageInvoker Invoker { get; }

    public void Dispose()
    {
        Client.Dispose();
        Invoker.Dispose();
        handler.Dispose();
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
            throw CommandFailure.Configuration(
                $"extraCa: {file} can't be used: {e.Message} Give a PEM file with your institution's certificate authorities.", e);
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
