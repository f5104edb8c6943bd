using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Vantage.NodeAgent.Link.Transports;

/// <summary>The four requests of SignalR's long polling: negotiate, poll, send, delete.</summary>
internal sealed class LongPollCalls(Uri hub, Func<CancellationToken, Task<string>> token, HttpClient http)
{
    private string connectionToken = "";
    private long counter;

    public async Task<string> NegotiateAsync(CancellationToken cancellationToken)
    {
        using var request = await RequestAsync(HttpMethod.Post, new Uri($"{hub}/negotiate?negotiateVersion=1"), cancellationToken);
        request.Content = new ByteArrayContent([]);
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        try
        {
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            connectionToken = json.RootElement.GetProperty("connectionToken").GetString()!;
            return json.RootElement.GetProperty("connectionId").GetString()!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HttpRequestException(HttpRequestError.InvalidResponse, $"{hub} does not negotiate as a Coordinator's hub does.", e);
        }
    }

    public async Task<HttpResponseMessage> PollAsync(CancellationToken cancellationToken)
    {
        // The number makes each address new, for caches that remember answers whatever they are told.
        var number = Interlocked.Increment(ref counter);
        using var request = await RequestAsync(HttpMethod.Get, new Uri($"{Address}&_={number}"), cancellationToken);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        try
        {
            return answer.EnsureSuccessStatusCode();
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public async Task SendAsync(ReadOnlySequence<byte> messages, CancellationToken cancellationToken)
    {
        using var request = await RequestAsync(HttpMethod.Post, new Uri(Address), cancellationToken);
        request.Content = new ByteArrayContent(messages.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        using var request = await RequestAsync(HttpMethod.Delete, new Uri(Address), cancellationToken);
        using var answer = await http.SendAsync(request, cancellationToken);
    }

    private string Address => $"{hub}?id={Uri.EscapeDataString(connectionToken)}";

    private async Task<HttpRequestMessage> RequestAsync(HttpMethod method, Uri address, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token(cancellationToken));
        request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true, NoStore = true };
        return request;
    }
}
