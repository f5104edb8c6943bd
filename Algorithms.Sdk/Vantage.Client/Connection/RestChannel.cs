using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Client.Errors;

namespace Vantage.Client.Connection;

/// <summary>
/// One request and its answer: JSON both ways, refusals as <see cref="VantageException"/>. What is idempotent
/// (everything but POST) is tried again a few times after a broken connection or a busy server; nothing else is.
/// </summary>
internal sealed class RestChannel(HttpClient http, VantageClientOptions options) : IDisposable
{
    private const int LargestAnswer = 64 * 1024 * 1024;
    private const double SlowestBytesPerSecond = 10_000;
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(800),
        TimeSpan.FromSeconds(2)];

    public TimeProvider Time => options.Time;

    public TimeSpan GiveUpAfter => options.GiveUpAfter;

    public Uri Url => http.BaseAddress!;

    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ExchangeAsync(() => new HttpRequestMessage(HttpMethod.Get, Relative(path)), type, cancellationToken);

    public Task<T> PostAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type,
        CancellationToken cancellationToken) =>
        ExchangeAsync(() => WithBody(HttpMethod.Post, path, body, bodyType), type, cancellationToken);

    public Task<T> PutAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type,
        CancellationToken cancellationToken) =>
        ExchangeAsync(() => WithBody(HttpMethod.Put, path, body, bodyType), type, cancellationToken);

    /// <summary>For routes whose answer is not read, if there is one at all.</summary>
    public async Task SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        using var _ = await RespondAsync(request, cancellationToken);
    }

    public static HttpRequestMessage WithBody<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(method, Relative(path)) { Content = content };
    }

    /// <summary>Paths are absolute on the Coordinator; a Coordinator may itself lie below a path of its host.</summary>
    public static Uri Relative(string path) => new(path.TrimStart('/'), UriKind.Relative);

    /// <summary>The answer once its headers are here and its status is a success; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> RespondAsync(Func<HttpRequestMessage> request,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var message = request();
            var again = message.Method != HttpMethod.Post && attempt < Pauses.Length;
            try
            {
                var response = await SendOnceAsync(message, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return response;
                }

                using (response)
                {
                    if (!again || !IsPassing(response.StatusCode))
                    {
                        throw await Refusals.ReadAsync(response, Url, options.Proxy is not null, cancellationToken);
                    }
                }
            }
            catch (HttpRequestException e)
            {
                // Nobody listening will not change within a second or two; a connection that broke may well work again.
                if (!again || e.HttpRequestError is not (HttpRequestError.ResponseEnded or HttpRequestError.Unknown))
                {
                    throw Refusals.Of(e, Url, options);
                }
            }

            await Task.Delay(Pauses[attempt], options.Time, cancellationToken);
        }
    }

    /// <summary>Reading it throws <see cref="IOException"/> when the connection breaks or stalls.</summary>
    public async Task<Stream> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new ImpatientStream(await response.Content.ReadAsStreamAsync(cancellationToken), options.StallAfter,
            options.Time);

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage message,
        CancellationToken cancellationToken)
    {
        if (options.Token is { } token)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        // What is sent along may take its time on a slow line.
        var within = options.AnswerWithin
            + TimeSpan.FromSeconds((message.Content?.Headers.ContentLength ?? 0) / SlowestBytesPerSecond);
        using var late = new CancellationTokenSource(within, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VantageException(ClientErrorCodes.Unreachable,
                $"{Url} did not answer within {within.TotalSeconds:0} seconds.",
                "See whether the Coordinator is well (GET /health/ready), or whether a proxy holds the request back.");
        }
    }

    public async Task<T> ExchangeAsync<T>(Func<HttpRequestMessage> request, JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        using var response = await RespondAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType != "application/json"
            || response.Content.Headers.ContentLength > LargestAnswer)
        {
            throw Refusals.NotACoordinator(Url);
        }

        try
        {
            await using var body = await BodyAsync(response, cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw Refusals.NotACoordinator(Url);
        }
        catch (JsonException e)
        {
            throw Refusals.NotACoordinator(Url, e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Refusals.BrokenOff(Url, e);
        }
    }

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests;
}
