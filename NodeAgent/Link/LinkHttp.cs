using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Tls;

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
            Authorities(file).ApplyTo(handler.SslOptions);
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

    private static FurtherAuthorities Authorities(string file)
    {
        try
        {
            return FurtherAuthorities.FromPemFile(file);
        }
        catch (AuthoritiesException e)
        {
            throw CommandFailure.Configuration($"extraCa: {e.Message} Give a PEM file with your institution's certificate authorities.", e);
        }
    }
}
