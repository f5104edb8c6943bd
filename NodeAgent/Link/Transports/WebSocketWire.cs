using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace Vantage.NodeAgent.Link.Transports;

/// <summary>The hub over a WebSocket.</summary>
internal static class WebSocketWire
{
    /// <summary>
    /// Answered pings keep proxies from taking the connection for idle. The time-out stays out of the way: SignalR's own
    /// timer is the one that decides that nobody is there.
    /// </summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NeverTimesOut = TimeSpan.FromHours(1);
    private static readonly TimeSpan CloseDeadline = TimeSpan.FromSeconds(2);

    public static async Task<ConnectionContext> ConnectAsync(
        Uri hub, string token, HttpMessageInvoker invoker, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            socket.Options.KeepAliveInterval = PingInterval;
            socket.Options.KeepAliveTimeout = NeverTimesOut;
            socket.Options.CollectHttpResponseDetails = true;
            await socket.ConnectAsync(AddressOf(hub), invoker, cancellationToken);
        }
        catch (WebSocketException e) when (socket.HttpStatusCode != default)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw new UpgradeRefusedException(status, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var connection = new WireConnection(Guid.CreateVersion7().ToString("N"), () => CloseAsync(socket));
        connection.Start((to, ct) => ReceiveAsync(socket, to, ct), (from, ct) => SendAsync(socket, from, ct));
        return connection;
    }

    internal static Uri AddressOf(Uri hub) => new UriBuilder(hub) { Scheme = hub.Scheme == "https" ? "wss" : "ws" }.Uri;

    private static async Task ReceiveAsync(ClientWebSocket socket, PipeWriter to, CancellationToken cancellationToken)
    {
        while (true)
        {
            var received = await socket.ReceiveAsync(to.GetMemory(4096), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            to.Advance(received.Count);
            if ((await to.FlushAsync(cancellationToken)).IsCompleted)
            {
                return;
            }
        }
    }

    private static async Task SendAsync(ClientWebSocket socket, PipeReader from, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await from.ReadAsync(cancellationToken);
            foreach (var segment in read.Buffer)
            {
                await socket.SendAsync(segment, WebSocketMessageType.Text, endOfMessage: false, cancellationToken);
            }

            if (!read.Buffer.IsEmpty)
            {
                await socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
            }

            from.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    private static async ValueTask CloseAsync(ClientWebSocket socket)
    {
        using var deadline = new CancellationTokenSource(CloseDeadline);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", deadline.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // It was gone already.
        }

        socket.Dispose();
    }
}
