using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Vantage.NodeAgent.Link.Transports;

/// <summary>
/// What SignalR holds in its hands: a connection with two loops behind it, one each way. When either ends, both end, and
/// SignalR reads the reason.
/// </summary>
internal sealed class WireConnection : ConnectionContext, ITransferFormatFeature
{
    private readonly DuplexPipe wire;
    private readonly CancellationTokenSource closing = new();
    private readonly Func<ValueTask> release;
    private Task loops = Task.CompletedTask;
    private bool disposed;

    /// <param name="release">Lets go of the wire, when both loops have ended.</param>
    public WireConnection(string id, Func<ValueTask> release)
    {
        ConnectionId = id;
        this.release = release;
        (var application, wire) = DuplexPipe.Pair();
        Transport = application;
        Features = new FeatureCollection();
        Features.Set<ITransferFormatFeature>(this);
        ConnectionClosed = closing.Token;
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public TransferFormat SupportedFormats => TransferFormat.Text;

    public TransferFormat ActiveFormat { get; set; } = TransferFormat.Text;

    /// <summary>Starts the loops. The first reads from the wire into the pipe, the second the other way.</summary>
    public void Start(
        Func<PipeWriter, CancellationToken, Task> receive, Func<PipeReader, CancellationToken, Task> send) =>
        loops = RunAsync(receive, send);

    public override void Abort() => closing.Cancel();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
        {
            return;
        }

        await Transport.Output.CompleteAsync();
        await Transport.Input.CompleteAsync();
        await closing.CancelAsync();
        await loops;
        closing.Dispose();
        await base.DisposeAsync();
    }

    private async Task RunAsync(
        Func<PipeWriter, CancellationToken, Task> receive, Func<PipeReader, CancellationToken, Task> send)
    {
        var token = closing.Token;
        var receiving = Task.Run(() => receive(wire.Output, token), CancellationToken.None);
        var sending = Task.Run(() => send(wire.Input, token), CancellationToken.None);
        var first = await Task.WhenAny(receiving, sending);
        await closing.CancelAsync();
        await Task.WhenAll(receiving, sending).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        // Whatever ended first is the reason; cancelling the other is only its consequence.
        var reason = first.IsFaulted ? first.Exception.InnerException : null;
        await wire.Output.CompleteAsync(reason);
        await wire.Input.CompleteAsync(reason);
        await release();
    }
}
