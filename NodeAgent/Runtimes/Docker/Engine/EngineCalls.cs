using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>
/// Calls to one engine in a version that both know. A call that nothing is heard of is given up, except those that wait
/// for a container.
/// </summary>
internal sealed class EngineCalls(EngineAddress address, Func<HttpMessageHandler, HttpMessageHandler>? through = null) : IDisposable
{
    /// <summary>The newest this client was written for, and the oldest that confines as it asks (private control groups).</summary>
    private static readonly Version Newest = new(1, 48);
    private static readonly Version Oldest = new(1, 41);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient http = new(through is null ? EngineWay.Open(address) : through(EngineWay.Open(address))) { BaseAddress = new Uri("http://engine/"), Timeout = Timeout.InfiniteTimeSpan };
    private Version? agreed;

    public EngineCalls(string socket)
        : this(new EngineAddress.UnixSocket(socket))
    {
    }

    public string Socket => address.Text;

    /// <summary>The version that both speak; asked again when the engine was away.</summary>
    public async Task<Version> NegotiateAsync(CancellationToken cancellationToken)
    {
        if (agreed is { } known)
        {
            return known;
        }

        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "_ping"), HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (!answer.Headers.TryGetValues("Api-Version", out var said) || !Version.TryParse(said.First(), out var has))
        {
            throw new EngineException(null, $"What listens at {Socket} is no container engine. 'docker.socket' in node.yaml names it.");
        }

        if (has < Oldest)
        {
            throw new EngineException(answer.StatusCode, $"The engine at {Socket} speaks version {has} of the Engine API, and this node needs {Oldest} or newer: install a newer engine.");
        }

        return agreed = has < Newest ? has : Newest;
    }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var answer = await CallAsync(HttpMethod.Get, path, null, null, cancellationToken);
        return await ReadAsync(answer, type, cancellationToken);
    }

    /// <summary>Null if there is no such thing.</summary>
    public async Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await GetAsync(path, type, cancellationToken);
        }
        catch (EngineException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<TAnswer> PostAsync<T, TAnswer>(
        string path, T body, JsonTypeInfo<T> type, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await CallAsync(HttpMethod.Post, path, content, null, cancellationToken);
        return await ReadAsync(answer, answerType, cancellationToken);
    }

    /// <summary>Asks for something to be done that has no answer but that it was.</summary>
    public async Task DoAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var answer = await CallAsync(method, path, null, null, cancellationToken);
    }

    /// <summary>Returns as soon as the engine has begun to answer; the rest of the answer comes when it comes.</summary>
    public async Task<HttpResponseMessage> OpenAsync(
        HttpMethod method, string path, HttpContent? content, (string Name, string Value)? header, CancellationToken cancellationToken) =>
        await CallAsync(method, path, content, header, cancellationToken);

    /// <summary>Takes the connection over: what is written to the stream goes to the other side as it is, and comes from there.</summary>
    public async Task<HttpResponseMessage> UpgradeAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(HttpMethod.Post, path, null, null, cancellationToken, isUpgrade: true);
        if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            return answer;
        }

        using (answer)
        {
            throw new EngineException(answer.StatusCode, "The engine does not hand a container's streams over: something between it and this node takes the connection's upgrade away.");
        }
    }

    /// <summary>For bodies that take as long as they take.</summary>
    public Task<HttpResponseMessage> SendLargeAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        return CallAsync(HttpMethod.Post, path, content, null, cancellationToken, patience: Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> CallAsync(
        HttpMethod method, string path, HttpContent? content, (string Name, string Value)? header, CancellationToken cancellationToken,
        bool isUpgrade = false, TimeSpan? patience = null)
    {
        var version = await NegotiateAsync(cancellationToken);
        using var request = new HttpRequestMessage(method, string.Create(CultureInfo.InvariantCulture, $"v{version}/{path}")) { Content = content };
        if (header is { } more)
        {
            request.Headers.Add(more.Name, more.Value);
        }

        if (isUpgrade)
        {
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.Add(new("tcp"));
        }

        var answer = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken, patience);
        if (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.SwitchingProtocols || answer.StatusCode == HttpStatusCode.NotModified)
        {
            return answer;
        }

        using (answer)
        {
            throw new EngineException(answer.StatusCode, await ComplaintAsync(answer, cancellationToken));
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken cancellationToken,
        TimeSpan? patience = null)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        giveUp.CancelAfter(patience ?? Patience);
        try
        {
            return await http.SendAsync(request, until, giveUp.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            agreed = null;
            throw EngineTroubles.Unreachable(address, e);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw new EngineException(answer.StatusCode, "The engine answered nothing.");
        }
        catch (JsonException e)
        {
            throw new EngineException(answer.StatusCode, $"The engine's answer can't be read ({e.Message}).", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw EngineTroubles.Unreachable(address, e);
        }
    }

    private static async Task<string> ComplaintAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return JsonSerializer.Deserialize(text, EngineLowerJson.Default.EngineComplaint)?.Message ?? $"status {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            return $"status {(int)answer.StatusCode}";
        }
    }
}
