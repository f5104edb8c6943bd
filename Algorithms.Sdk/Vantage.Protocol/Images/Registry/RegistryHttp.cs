using System.Net;
using System.Security.Authentication;

namespace Vantage.Protocol.Images.Registry;

/// <summary>
/// One registry's HTTP: no cookies, no compression (a small answer stays small), no redirects but those that are followed
/// by hand, and every failure in the words of <see cref="ImageFault"/>.
/// </summary>
internal sealed class RegistryHttp : IDisposable
{
    private readonly RegistryAccess access;
    private readonly SocketsHttpHandler handler;
    private readonly HttpMessageInvoker invoker;

    public RegistryHttp(RegistryAccess access)
    {
        this.access = access;
        Base = access.Base;
        handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = access.Patience,
            MaxResponseHeadersLength = 32,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            UseProxy = access.Proxy is not null,
            Proxy = access.Proxy,
        };
        if (access.Proxy is null && !access.IsLoopback)
        {
            var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Base.IdnHost };
            if (access.TokenHost is { } tokens)
                named.Add(tokens.Split(':')[0]);
            handler.ConnectCallback = new AddressGuard(named).ConnectAsync;
        }

        access.Authorities?.ApplyTo(handler.SslOptions);
        invoker = new HttpMessageInvoker(handler, disposeHandler: false);
    }

    public Uri Base { get; }

    /// <summary>May be spoken to without TLS: on this machine, by consent.</summary>
    public bool IsSafe(Uri address) => address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps
            || (address.Scheme == Uri.UriSchemeHttp && access.Insecure && ImageRepository.IsLoopbackHost(address.IdnHost)));

    public bool IsOwn(Uri address) => address.Scheme == Base.Scheme && address.Authority == Base.Authority;

    /// <summary>Sends once. The answer's body is read by the caller, in the same time.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await invoker.SendAsync(request, cancellationToken);
            if (response.Content.Headers.ContentEncoding.Count == 0)
                return response;
            response.Dispose();
            throw new ImageException(ImageFault.ImageRegistryUntrusted, $"{access.Host} sends compressed what was asked for plain.");
        }
        catch (HttpRequestException e)
        {
            throw Translate(e, request.RequestUri!);
        }
        catch (IOException e)
        {
            throw Broken(e);
        }
    }

    public ImageException Broken(Exception e) =>
        new(ImageFault.ImageRegistryUnavailable, $"The answer of {access.Host} broke off: {e.Message}", e);

    public ImageException TooSlow() => new(ImageFault.ImageRegistryUnavailable,
        $"{access.Host} did not answer within {access.Patience.TotalSeconds:0.#} s. Ask again later.");

    public void Dispose()
    {
        invoker.Dispose();
        handler.Dispose();
    }

    private ImageException Translate(HttpRequestException e, Uri address)
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is ImageException image)
                return image;
            if (inner is AuthenticationException)
            {
                return new(ImageFault.ImageRegistryUntrusted, $"The TLS certificate of {address.Authority} is not believed: {inner.Message}"
                    + (access.IsLoopback ? " If this registry on your own machine has no TLS, say so: --insecure, or 'insecure: true' in node.yaml." : ""), e);
            }
        }

        return new(ImageFault.ImageRegistryUnavailable, $"{address.Authority} can't be reached: {e.Message}", e);
    }
}
