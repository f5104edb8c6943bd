using System.Threading.Channels;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Trust;

namespace Vantage.NodeAgent.Audit.Trail;

/// <summary>
/// The one writer of the node's audit trail. Whatever waits while the disk is busy reaches it in one write with one
/// signature, so a busy node does not wait for each entry by itself.
/// </summary>
internal sealed partial class NodeTrail(TrailStore store, NodeIdentity identity, NodeFate fate, TimeProvider time, ILogger<NodeTrail> logger)
    : BackgroundService, ITrail
{
    private const int MostTogether = 256;
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HeadEvery = TimeSpan.FromSeconds(10);

    private readonly Channel<Waiting> queue = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });

    private sealed record Waiting(Happening Happening, DateTimeOffset At, TaskCompletionSource? Done);

    public void Note(Happening happening) => queue.Writer.TryWrite(new Waiting(happening, time.GetUtcNow(), null));

    public Task RecordAsync(Happening happening)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return queue.Writer.TryWrite(new Waiting(happening, time.GetUtcNow(), done))
            ? done.Task
            : throw new OperationCanceledException("The node stops: nothing more is recorded.");
    }

    /// <summary>Others stop first: what they still have to say is written before the queue is closed.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Note(new Happening("node.stop", identity.Node.ToString()));
        queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        Note(new Happening("node.start", identity.Node.ToString(), ("organization", identity.Organization.ToString()),
            ("after-trail", store.Before?.Chain.ToString()), ("after-size", store.Before?.Size.ToString()), ("after-root", store.Before?.Root.ToString())));
        var headAt = time.GetTimestamp();
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var together = new List<Waiting>();
            while (together.Count < MostTogether && queue.Reader.TryRead(out var next))
            {
                together.Add(next);
            }

            if (!await WriteAsync(together, stoppingToken))
            {
                return;
            }

            if (time.GetElapsedTime(headAt) >= HeadEvery)
            {
                headAt = time.GetTimestamp();
                WriteHead();
            }
        }

        WriteHead();
    }

    /// <summary>False if it can't be written any more.</summary>
    private async Task<bool> WriteAsync(List<Waiting> together, CancellationToken stoppingToken)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                store.Append(identity.Node.ToString(), [.. together.Select(waiting => (waiting.Happening, waiting.At))]);
                together.ForEach(waiting => waiting.Done?.TrySetResult());
                return true;
            }
            catch (IOException e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!told)
                {
                    LogFailing(e.Message);
                }

                await Task.Delay(AfterFailure, time, CancellationToken.None);
            }
            catch (Exception e)
            {
                queue.Writer.TryComplete();
                together.ForEach(waiting => waiting.Done?.TrySetException(e));
                fate.FailIfFatal(e);
                return false;
            }
        }
    }

    private void WriteHead()
    {
        try
        {
            store.WriteHead();
        }
        catch (IOException e)
        {
            LogFailing(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The node's audit trail can't be written: {Why} The node tries again, and lets nothing leave before")]
    private partial void LogFailing(string why);
}
