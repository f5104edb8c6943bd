using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using Vantage.Client.Errors;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Json;

namespace Vantage.Client.Connection;

/// <summary>Turns what goes wrong between client and Coordinator into words for a person.</summary>
internal static class Refusals
{
    private const int LargestProblem = 256 * 1024;

    public static async Task<VantageException> ReadAsync(HttpResponseMessage response, Uri url, bool ownProxy,
        CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired)
        {
            return ProxyRefused(ownProxy);
        }

        if (response.Content.Headers.ContentType?.MediaType == Problem.MediaType
            && await ProblemAsync(response, cancellationToken) is { } problem)
        {
            return new VantageException(problem.Code, problem.Detail,
                NextSteps.For(problem.Code))
            { Problem = problem };
        }

        var status = (int)response.StatusCode;
        return status is >= 300 and < 400
            ? new VantageException(ClientErrorCodes.NotACoordinator,
                $"{url} points elsewhere: {response.Headers.Location}.",
                "Redirects are not followed, since they would carry the token along. Log in with the Coordinator's "
                + "own url.")
            : status is 502 or 503 or 504
                ? new VantageException(ClientErrorCodes.Unreachable,
                $"{url} answers {status}: the Coordinator behind it is not there.",
                    "It may be starting or restarting; try again in a minute, else ask its admin.")
                : NotACoordinator(url);
    }

    public static VantageException Of(HttpRequestException e, Uri url, VantageClientOptions options) =>
        e.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new(ClientErrorCodes.Unreachable,
                $"The name '{url.Host}' is not known to this machine's name service.",
                "Check the url for a slip; without a direct way out, set the proxy (--proxy, or HTTPS_PROXY).", e),
            HttpRequestError.ProxyTunnelError when e.StatusCode == HttpStatusCode.ProxyAuthenticationRequired
                || e.Message.Contains("407", StringComparison.Ordinal) => ProxyRefused(options.Proxy is not null, e),
            HttpRequestError.ProxyTunnelError => new(ClientErrorCodes.ProxyRefused,
                $"The proxy does not let this machine through to {url}: {e.Message}",
                "Ask its admin to allow CONNECT to that host, or set another one (--proxy, or HTTPS_PROXY).", e),
            HttpRequestError.SecureConnectionError when e.InnerException is AuthenticationException =>
            new(ClientErrorCodes.TlsUntrusted,
                $"The TLS certificate of {url} is not trusted here: {e.InnerException.Message}",
                "If an institution's own authority issued it, log in with --ca FILE (PEM). If not, somebody may be in "
                + "between.", e),
            HttpRequestError.SecureConnectionError => new(ClientErrorCodes.TlsUntrusted,
                $"No TLS connection to {url} could be made: {e.Message}", "Is it an https:// port at all?", e),
            HttpRequestError.ConnectionError => new(ClientErrorCodes.Unreachable,
                $"Nobody answers at {url}: {e.InnerException?.Message ?? e.Message}",
                "See that the Coordinator runs ('vantage coordinator run'), that url and port are right, and that no "
                + "firewall is in between.", e),
            _ => BrokenOff(url, e),
        };

    public static VantageException BrokenOff(Uri url, Exception e) => new(ClientErrorCodes.Unreachable,
        $"The connection to {url} broke off: {e.Message}",
        url.Scheme == "http"
            ? "Is it an https:// port? If not, try again; what was submitted is not lost."
            : "Try again; what was submitted is not lost.", e);

    public static VantageException NotACoordinator(Uri url, Exception? e = null) =>
        new(ClientErrorCodes.NotACoordinator,
        $"What answers at {url} is not a Vantage Coordinator.",
        "Check host, port and path; a sign-in page of a proxy can be in between as well.", e);

    private static VantageException ProxyRefused(bool own, Exception? e = null) => new(ClientErrorCodes.ProxyRefused,
        "The proxy wants a user name and password (407).",
        own
            ? "Give them in the proxy's url: --proxy http://user:password@host:port."
            : "Give them in the proxy's url: --proxy or HTTPS_PROXY=http://user:password@host:port.", e);

    private static async Task<Problem?> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LargestProblem, cancellationToken);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(bytes, ProtocolJson.Default.Problem);
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            return null;
        }
    }
}
