using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Json;

namespace Vantage.Benchmarks.Wire;

/// <summary>
/// A node's link with nothing around it: SignalR's JSON protocol over a WebSocket, one call at a time, prepared messages
/// sent as they are.
/// </summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private const byte Separator = 0x1e;
    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private TaskCompletionSource<byte[]>? awaited;
    private Task receiving = Task.CompletedTask;
    private byte[] buffer;

    private HubSocket(int bufferBytes) => buffer = new byte[bufferBytes];

    /// <summary>Called for each hint that there is work.</summary>
    public Action WorkAvailable { get; set; } = static () => { };

    /// <summary>Completes when the connection has ended.</summary>
    public Task Ended => receiving;

    public static async Task<HubSocket> ConnectAsync(Uri url, string token, CancellationToken cancellationToken, int bufferBytes = 16 * 1024)
    {
        var hub = new HubSocket(bufferBytes);
        try
        {
            hub.socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            hub.socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await hub.socket.ConnectAsync(new UriBuilder(new Uri(url, INodeHub.Path)) { Scheme = "ws" }.Uri, cancellationToken);
            await hub.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), cancellationToken);
            var greeted = hub.awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
            hub.receiving = hub.ReceiveAsync();
            await greeted.Task.WaitAsync(cancellationToken);
            return hub;
        }
        catch
        {
            hub.socket.Dispose();
            throw;
        }
    }

    /// <summary>A call as it travels. Calls follow one another, so that all can have the same number.</summary>
    public static byte[] Message<T>(string method, T argument)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteNumber("type", 1);
            json.WriteString("invocationId", "1");
            json.WriteString("target", method);
            json.WriteStartArray("arguments");
            JsonSerializer.Serialize(json, argument, (JsonTypeInfo<T>)ProtocolJson.Default.GetTypeInfo(typeof(T))!);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        memory.WriteByte(Separator);
        return memory.ToArray();
    }

    /// <summary>The completion as it came, without its end mark. A refusal throws.</summary>
    public async Task<byte[]> CallAsync(byte[] message, CancellationToken cancellationToken)
    {
        var call = awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(message, cancellationToken);
        var answer = await call.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        return answer.AsSpan().IndexOf("\"error\":"u8) is >= 0 and < 40
            ? throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(answer))
            : answer;
    }

    public async Task HelloAsync(CancellationToken cancellationToken) =>
        await CallAsync(Message(nameof(INodeHub.Hello), new Hello(1, 1, [], "bench")), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await receiving.ContinueWith(static _ => { }, TaskScheduler.Default);
        socket.Dispose();
        sending.Dispose();
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await sending.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var filled = 0;
            while (true)
            {
                if (filled == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }

                var received = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                filled += received.Count;
                filled = Read(filled);
            }
        }
        catch (WebSocketException)
        {
            // Cut: whoever waits for an answer is told below.
        }

        awaited?.TrySetException(new IOException("The link ended."));
    }

    /// <summary>Takes whole messages from the front and returns how much is left.</summary>
    private int Read(int filled)
    {
        var start = 0;
        while (buffer.AsSpan(start, filled - start).IndexOf(Separator) is >= 0 and var end)
        {
            var message = buffer.AsSpan(start, end);
            if (message.StartsWith("{\"type\":3"u8) || message.SequenceEqual("{}"u8))
            {
                awaited?.TrySetResult(message.ToArray());
            }
            else if (message.IndexOf("WorkAvailable"u8) is >= 0 and < 40)
            {
                WorkAvailable();
            }

            start += end + 1;
        }

        buffer.AsSpan(start, filled - start).CopyTo(buffer);
        return filled - start;
    }
}
