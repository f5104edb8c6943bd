using System.Diagnostics;
using System.Net.WebSockets;

namespace Vantage.Benchmarks.Baselines;

/// <summary>A plain WebSocket to the bare server.</summary>
internal sealed class EchoSocket : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[16 * 1024];

    public static async Task<EchoSocket> ConnectAsync(Uri url)
    {
        var echo = new EchoSocket();
        await echo.socket.ConnectAsync(new UriBuilder(new Uri(url, "/socket")) { Scheme = "ws" }.Uri, CancellationToken.None);
        return echo;
    }

    /// <summary>There and back.</summary>
    public async Task EchoAsync(ReadOnlyMemory<byte> message)
    {
        await socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
        await HearAsync();
    }

    /// <summary>The instant at which the next message was here.</summary>
    public async Task<long> HearAsync()
    {
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        }
        while (!received.EndOfMessage);

        return Stopwatch.GetTimestamp();
    }

    public void Dispose() => socket.Dispose();
}
