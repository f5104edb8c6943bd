using Microsoft.AspNetCore.Connections;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Link.SignIn;
using Vantage.NodeAgent.Link.Transports;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Link;

/// <summary>Signs in and opens a line, falling back to long poll where a WebSocket does not come to stand.</summary>
internal sealed class LinkConnector(LinkHttp http, SessionKeeper session, NodeSettings settings, TimeProvider time)
{
    /// <summary>A proxy that holds back the answer to an upgrade holds it back for ever.</summary>
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(10);

    private readonly Uri hub = http.Coordinator.At(INodeHub.Path);
    private TransportChoice choice = new(settings.Transport);

    public async Task<HubLine> OpenAsync(INodeClient hints, CancellationToken cancellationToken)
    {
        var token = await session.TokenAsync(cancellationToken);
        var kind = choice.Next(time.GetUtcNow());
        try
        {
            return await OpenAsync(kind, token, hints, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && kind == TransportKind.WebSocket && choice.PollsAfter(e))
        {
            var line = await OpenAsync(TransportKind.LongPoll, token, hints, cancellationToken);
            choice = choice.AfterFallback(time.GetUtcNow());
            return line;
        }
    }

    /// <summary>Remembers how long a line stood, so that one that never lasts is not chosen again and again.</summary>
    public void Ended(HubLine line, TimeSpan lived, bool cut) =>
        choice = choice.After(line.Kind, lived, cut, time.GetUtcNow());

    private async Task<HubLine> OpenAsync(TransportKind kind, string token, INodeClient hints, CancellationToken cancellationToken)
    {
        try
        {
            return await HubLine.OpenAsync(kind, ct => WireAsync(kind, token, ct), hints, cancellationToken);
        }
        catch (Exception e) when (LinkLadder.IsUnauthorized(e))
        {
            session.Forget(token);
            throw;
        }
    }

    private async Task<ConnectionContext> WireAsync(TransportKind kind, string token, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectWithin);
        return kind == TransportKind.WebSocket
            ? await WebSocketWire.ConnectAsync(hub, token, http.Invoker, patience.Token)
            : await LongPollWire.ConnectAsync(hub, session.TokenAsync, http.Client, patience.Token);
    }
}
