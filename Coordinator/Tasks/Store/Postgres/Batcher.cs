using System.Threading.Channels;
using Npgsql;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>
/// Lets calls that arrive while one transaction is on its way share the next: no timer, so a lone call waits for nobody.
/// There are two lanes, so that the database works on one batch while the next one gathers. Items of one key keep to one
/// lane: they never share a transaction and never race. One that breaks a rule of the database takes nobody else down.
/// </summary>
internal sealed class Batcher<TItem, TResult> : IAsyncDisposable
{
    private const int Most = 64;
    private const int Lanes = 2;

    private readonly CancellationTokenSource stopping = new();
    private readonly Func<TItem, object> key;
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> execute;
    private readonly Channel<Call>[] lanes;
    private readonly Task loops;

    public Batcher(
        Func<TItem, object> key, Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> execute)
    {
        (this.key, this.execute) = (key, execute);
        lanes = [.. Enumerable.Range(0, Lanes).Select(_ =>
            Channel.CreateBounded<Call>(new BoundedChannelOptions(4096) { SingleReader = true }))];
        loops = Task.WhenAll(lanes.Select(lane => Task.Run(() => LoopAsync(lane.Reader))));
    }

    /// <summary>Cancelling gives up waiting: what is on its way may still be done.</summary>
    public async Task<TResult> RunAsync(TItem item, CancellationToken cancellationToken)
    {
        var call = new Call(item, cancellationToken);
        var lane = lanes[(uint)key(item).GetHashCode() % Lanes];
        await lane.Writer.WriteAsync(call, cancellationToken);
        return await call.Done.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes)
        {
            lane.Writer.TryComplete();
        }

        await stopping.CancelAsync();
        await loops;
        stopping.Dispose();
    }

    private async Task LoopAsync(ChannelReader<Call> calls)
    {
        var waiting = new List<Call>();
        while (waiting.Count > 0 || await calls.WaitToReadAsync())
        {
            while (waiting.Count < Most && calls.TryRead(out var call))
            {
                waiting.Add(call);
            }

            waiting.RemoveAll(call => call.Cancelled.IsCancellationRequested);
            var batch = waiting.DistinctBy(call => key(call.Item)).ToList();
            waiting = [.. waiting.Except(batch)];
            await ExecuteAsync(batch);
        }
    }

    private async Task ExecuteAsync(List<Call> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            var results = await execute([.. batch.Select(call => call.Item)], stopping.Token);
            foreach (var (call, result) in batch.Zip(results))
            {
                call.Done.TrySetResult(result);
            }
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            // The server said that nothing happened, so each may try on its own and meet its own error.
            foreach (var call in batch)
            {
                await ExecuteAsync([call]);
            }
        }
        catch (Exception e)
        {
            batch.ForEach(call => call.Done.TrySetException(e));
        }
    }

    private sealed class Call(TItem item, CancellationToken cancelled)
    {
        public TItem Item => item;

        public CancellationToken Cancelled => cancelled;

        public TaskCompletionSource<TResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
