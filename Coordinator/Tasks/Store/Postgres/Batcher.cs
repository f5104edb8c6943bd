using System.Threading.Channels;
using Npgsql;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>
/// Lets calls that arrive while one transaction is on its way share the next: no timer, so a lone call waits for nobody.
/// Two items of one key never share a transaction, and one that breaks a rule of the database takes nobody else down.
/// </summary>
internal sealed class Batcher<TItem, TResult> : IAsyncDisposable
{
    private const int Most = 64;

    private readonly Channel<Call> calls = Channel.CreateBounded<Call>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<TItem, object> key;
    private readonly Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> execute;
    private readonly Task loop;

    public Batcher(
        Func<TItem, object> key, Func<IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> execute)
    {
        (this.key, this.execute) = (key, execute);
        loop = Task.Run(LoopAsync);
    }

    /// <summary>Cancelling gives up waiting: what is on its way may still be done.</summary>
    public async Task<TResult> RunAsync(TItem item, CancellationToken cancellationToken)
    {
        var call = new Call(item, cancellationToken);
        await calls.Writer.WriteAsync(call, cancellationToken);
        return await call.Done.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        calls.Writer.TryComplete();
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
    }

    private async Task LoopAsync()
    {
        var waiting = new List<Call>();
        while (waiting.Count > 0 || await calls.Reader.WaitToReadAsync())
        {
            while (waiting.Count < Most && calls.Reader.TryRead(out var call))
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
