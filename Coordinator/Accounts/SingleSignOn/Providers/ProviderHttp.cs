using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using Vantage.Protocol.Tls;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>
/// Asks a provider: TLS whose certificate is checked, no redirects, no cookies, and answers that are small, quick, JSON
/// and say each thing once.
/// </summary>
internal sealed class ProviderHttp : IDisposable
{
    public const int LargestAnswer = 256 * 1024;
    private readonly HttpClient http;
    private readonly TimeSpan patience;
    private readonly TimeProvider time;

    public ProviderHttp(string? authorities, TimeSpan patience, TimeProvider time)
    {
        (this.patience, this.time) = (patience, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
        };
        if (authorities is not null)
            FurtherAuthorities.FromPemFile(authorities).ApplyTo(handler.SslOptions);
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>An object. Anything but 200 is an error, and so is an address without TLS.</summary>
    public async Task<JsonElement> AskAsync(HttpRequestMessage request, string what, CancellationToken cancellationToken)
    {
        if (!ProviderAddress.IsFit(request.RequestUri!))
            throw new ProviderException($"{what}: {request.RequestUri} is not an https address.");
        request.Headers.Accept.ParseAdd("application/json");
        using var late = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new ProviderException($"{what}: the provider answered {(int)response.StatusCode}.");
            if (response.Content.Headers.ContentType?.MediaType is not "application/json")
                throw new ProviderException($"{what}: the answer is not application/json.");
            return Read(await BodyAsync(response, what, either.Token), what);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException($"{what}: no whole answer within {patience.TotalSeconds:0.#} seconds.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ProviderException($"{what}: no answer: {(e.InnerException ?? e).Message}", e);
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[LargestAnswer + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= LargestAnswer
            ? buffer.AsMemory(0, length)
            : throw new ProviderException($"{what}: the answer is larger than {LargestAnswer / 1024} KiB.");
    }

    private static JsonElement Read(ReadOnlyMemory<byte> body, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ProviderException($"{what}: the answer is not an object.");
        }
        catch (JsonException e)
        {
            throw new ProviderException($"{what}: the answer is not JSON, or says something twice.", e);
        }
    }
}
