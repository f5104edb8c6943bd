using Npgsql;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>What a batch does, in one transaction of the batcher's session but for rare cases.</summary>
internal delegate Task<IReadOnlyList<TResult>> ExecuteBatch<in TItem, TResult>(
    DatabaseSession session, IReadOnlyList<TItem> items, CancellationToken cancellationToken);

/// <summary>
/// Lets calls that arrive while one transaction is on its way share the next: no timer, so a lone call waits for nobody.
/// A thread and a connection of its own serve them, one batch at a time: two at once make batches smaller and wait for
/// each other's rows. Items of one key never share a transaction. One that breaks a rule of the database takes nobody
/// else down.
/// </summary>
internal sealed class Batcher<TItem, TResult> : IAsyncDisposable
{
    private const int Most = 64;
    private const int MostWaiting = 4096;

    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim room = new(MostWaiting);
    private readonly object gate = new();
    private readonly List<Call> arrived = [];
    private readonly DatabaseSession session;
    private readonly Func<TItem, object> key;
    private readonly ExecuteBatch<TItem, TResult> execute;

    public Batcher(string name, DatabaseSession session, Func<TItem, object> key, ExecuteBatch<TItem, TResult> execute)
    {
        (this.session, this.key, this.execute) = (session, key, execute);
        new Thread(Work) { IsBackground = true, Name = $"vantage {name}" }.Start();
    }

    /// <summary>Cancelling gives up waiting: what is on its way may still be done.</summary>
    public async Task<TResult> RunAsync(TItem item, CancellationToken cancellationToken)
    {
        var call = new Call(item, cancellationToken);
        await room.WaitAsync(cancellationToken);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping.IsCancellationRequested, this);
            arrived.Add(call);
            Monitor.Pulse(gate);
        }

        return await call.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>What was asked before is still done.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            stopping.Cancel();
            Monitor.Pulse(gate);
        }

        await ended.Task;
        session.Dispose();
        stopping.Dispose();
    }

    private void Work()
    {
        var waiting = new List<Call>();
        while (Gather(waiting))
        {
            waiting.RemoveAll(call => call.Cancelled.IsCancellationRequested);
            var batch = waiting.DistinctBy(call => key(call.Item)).Take(Most).ToList();
            waiting = [.. waiting.Except(batch)];
            Execute(batch);
        }

        ended.SetResult();
    }

    /// <summary>Adds what has arrived, and waits for it if there is nothing else to do. False once there never will be.</summary>
    private bool Gather(List<Call> waiting)
    {
        lock (gate)
        {
            while (arrived.Count == 0 && waiting.Count == 0)
            {
                if (stopping.IsCancellationRequested)
                {
                    return false;
                }

                Monitor.Wait(gate);
            }

            if (arrived.Count > 0)
            {
                room.Release(arrived.Count);
                waiting.AddRange(arrived);
                arrived.Clear();
            }

            return true;
        }
    }

    private void Execute(List<Call> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            // This thread has nothing else to do, and is woken by the answer itself.
            var results = execute(session, [.. batch.Select(call => call.Item)], stopping.Token).GetAwaiter().GetResult();
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
                Execute([call]);
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
