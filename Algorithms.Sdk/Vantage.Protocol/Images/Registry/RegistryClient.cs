using System.Net;
using System.Net.Http.Headers;

namespace Vantage.Protocol.Images.Registry;

/// <summary>One registry, spoken to as the OCI distribution specification 1.1 says. May be shared between threads.</summary>
public sealed class RegistryClient(RegistryAccess access) : IDisposable
{
    private const int MaxRedirects = 5;

    private readonly RegistryHttp http = new(access);
    private RegistryTokens? tokens;

    /// <summary>Which registry.</summary>
    public string Host => access.Host;

    internal RegistryHttp Http => http;

    internal RegistryAccess Access => access;

    private RegistryTokens Tokens => LazyInitializer.EnsureInitialized(ref tokens, () => new(access, http))!;

    /// <summary>A repository of this registry.</summary>
    public RegistryContent Open(ImageRepository repository) => repository.Host == access.Host
        ? new RegistryContent(this, repository)
        : throw new ArgumentException($"{repository} is not of {access.Host}.", nameof(repository));

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>
    /// Sends, shows a token if one is asked for, and follows redirects of reads: with nothing of ours on them once they leave
    /// the registry. 404 is an answer like any other; what else is not a success is an <see cref="ImageException"/>.
    /// </summary>
    internal async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, ImageRepository repository, bool writes, CancellationToken cancellationToken)
    {
        var scope = $"repository:{repository.Path}:{(writes ? "pull,push" : "pull")}";
        var response = await SendOnceAsync(make, Tokens.Find(scope), cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            var answer = await Tokens.AnswerAsync(response, scope, cancellationToken);
            if (answer is not null)
            {
                response.Dispose();
                response = await SendOnceAsync(make, answer, cancellationToken);
            }
        }

        var status = (int)response.StatusCode;
        if (status is (>= 200 and < 300) or 404)
            return response;
        response.Dispose();
        throw status switch
        {
            401 or 403 => new ImageException(ImageFault.ImageRegistryRefused, $"{access.Host} does not let "
                + $"{(access.Credential is null ? "strangers" : "this user")} {(writes ? "write to" : "read")} {repository} ({status})."),
            429 or >= 500 => new ImageException(ImageFault.ImageRegistryUnavailable,
                $"{access.Host} answers {status}. Nothing is believed that it could not show; ask again later."),
            _ => new ImageException(ImageFault.ImageRegistryUntrusted, $"{access.Host} answers {status}, which is no answer to this request."),
        };
    }

    private async Task<HttpResponseMessage> SendOnceAsync(
        Func<HttpRequestMessage> make, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
    {
        var request = make();
        for (var redirects = 0; ; redirects++)
        {
            var (address, reads) = (request.RequestUri!, request.Method == HttpMethod.Get || request.Method == HttpMethod.Head);
            request.Headers.Authorization = http.IsOwn(address) ? authorization : null;
            HttpResponseMessage response;
            using (request)
            {
                response = await http.SendAsync(request, cancellationToken);
            }

            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                return response;
            var next = response.Headers.Location is { } location ? new Uri(address, location) : null;
            response.Dispose();
            if (!reads || next is null || redirects == MaxRedirects || !http.IsSafe(next))
            {
                throw new ImageException(ImageFault.ImageRegistryUntrusted, $"{access.Host} redirects "
                    + (redirects == MaxRedirects ? $"more than {MaxRedirects} times." : $"to '{next?.GetLeftPart(UriPartial.Authority)}', where this may not go."));
            }

            request = make();
            request.RequestUri = next;
        }
    }
}
