using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Link.Transports;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Link;

/// <summary>
/// One connection to the hub, over whichever wire, for as long as it stands. A call that is not answered in time ends it:
/// an answer that a proxy swallowed never comes.
/// </summary>
internal sealed class HubLine : IAsyncDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);

    /// <summary>The one timer for silence: the Coordinator says something at least every 15 seconds.</summary>
    private static readonly TimeSpan SilenceEndsIt = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan HandshakeWithin = TimeSpan.FromSeconds(10);

    private readonly HubConnection connection;
    private TimeSpan answerWithin = LongestAnswer;
    private readonly TaskCompletionSource<Exception?> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubLine(HubConnection connection, TransportKind kind) => (this.connection, Kind) = (connection, kind);

    public TransportKind Kind { get; }

    /// <summary>Completes when the connection has ended, with the reason; null if the Coordinator said goodbye.</summary>
    public Task<Exception?> Closed => closed.Task;

    public static async Task<HubLine> OpenAsync(
        TransportKind kind, Func<CancellationToken, Task<ConnectionContext>> connect, INodeClient hints, CancellationToken cancellationToken)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(new OneConnection(connect));
        builder.Services.AddSingleton<EndPoint>(new DnsEndPoint("coordinator", 1));
        builder.AddJsonProtocol(options => options.PayloadSerializerOptions = new(ProtocolJson.Default.Options));
        var built = builder.Build();
        built.ServerTimeout = SilenceEndsIt;
        built.HandshakeTimeout = HandshakeWithin;
        var line = new HubLine(built, kind);
        built.Closed += reason =>
        {
            line.closed.TrySetResult(reason);
            return Task.CompletedTask;
        };
        built.On(nameof(INodeClient.WorkAvailable), hints.WorkAvailable);
        built.On<IReadOnlyList<StopOrder>>(nameof(INodeClient.StopWork), hints.StopWork);
        built.On(nameof(INodeClient.StatementsChanged), hints.StatementsChanged);
        built.On(nameof(INodeClient.LookAgain), hints.LookAgain);
        built.On<string>(nameof(INodeClient.GoingAway), hints.GoingAway);
        try
        {
            await built.StartAsync(cancellationToken);
            return line;
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }
    }

    public async Task<Welcome> HelloAsync(Hello hello, CancellationToken cancellationToken)
    {
        var terms = await CallAsync<Welcome>(nameof(INodeHub.Hello), hello, cancellationToken);

        // Whoever waits for an answer for longer than a lease has lost it meanwhile, and over another line might not have.
        answerWithin = TimeSpan.FromSeconds(Math.Min(terms.LeaseSeconds, LongestAnswer.TotalSeconds));
        return terms;
    }

    public Task<HeartbeatReply> HeartbeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken) =>
        CallAsync<HeartbeatReply>(nameof(INodeHub.Heartbeat), heartbeat, cancellationToken);

    public Task<ReconcileReply> ReconcileAsync(Inventory inventory, CancellationToken cancellationToken) =>
        CallAsync<ReconcileReply>(nameof(INodeHub.Reconcile), inventory, cancellationToken);

    public Task<ClaimReply> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        CallAsync<ClaimReply>(nameof(INodeHub.Claim), request, cancellationToken);

    public Task<CommitReply> CommitAsync(CommitRequest request, CancellationToken cancellationToken) =>
        CallAsync<CommitReply>(nameof(INodeHub.Commit), request, cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<T> CallAsync<T>(string method, object argument, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(answerWithin);
        try
        {
            return await connection.InvokeAsync<T>(method, argument, patience.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Broken($"The Coordinator did not answer '{method}' within {answerWithin.TotalSeconds} s.", e);
        }
        catch (InvalidOperationException e)
        {
            // SignalR's way of saying that the connection ended before the call.
            throw Broken("The link ended.", e);
        }
    }

    private LinkException Broken(string message, Exception e)
    {
        closed.TrySetResult(e);
        return new LinkException(new LinkFault(LinkFaultKind.Cut, message, NeedsPerson: false), e);
    }

    private sealed class OneConnection(Func<CancellationToken, Task<ConnectionContext>> connect) : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
            await connect(cancellationToken);
    }
}
