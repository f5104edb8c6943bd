using System.Collections.Concurrent;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Runtimes.Warm;

/// <summary>
/// The workers that stand ready, bounded in number and memory. What is decided stands in <see cref="WarmShelf"/>; here is
/// what it takes to do so. Ends all of them with the node; those of a node that was killed are swept like any run, by mark
/// and label, since they lie among the runs.
/// </summary>
internal sealed partial class WarmPool(WarmBounds bounds, string workRoot, TimeProvider time, ILogger<WarmPool> logger) : IHostedService
{
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<long, WarmWorker> workers = new();
    private readonly ConcurrentDictionary<Task, byte> endings = new();
    private WarmShelf shelf = WarmShelf.Empty;
    private long last;
    private bool closed;

    public TimeProvider Time => time;

    public int Count => workers.Count;

    /// <summary>A folder among those of runs, so that whatever sweeps these sweeps it too.</summary>
    public string FolderOf(string name) => Path.Combine(workRoot, name);

    /// <summary>An idle worker of exactly this identity; null if there is none.</summary>
    public WarmLease? Find(WarmIdentity identity, int memoryMiB, TimeSpan needed) =>
        Take(identity, memoryMiB, needed, mayStart: false);

    /// <summary>The same, or the right to start one; null if there is no room.</summary>
    public WarmLease? Take(WarmIdentity identity, int memoryMiB, TimeSpan needed) =>
        Take(identity, memoryMiB, needed, mayStart: true);

    /// <summary>The central function that asked is over: nobody asks for this job here any more.</summary>
    public void EndJob(JobId job)
    {
        lock (gate)
        {
            shelf.Seats.Where(seat => !seat.IsBusy && seat.Identity.Job == job).ToList().ForEach(Remove);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The node's runs have been stopped before: what is here stands idle.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<WarmSeat> idle;
        lock (gate)
        {
            closed = true;
            idle = [.. shelf.Seats.Where(seat => !seat.IsBusy)];
            idle.ForEach(Remove);
        }

        await Task.WhenAll(endings.Keys);
    }

    internal void Begin(WarmSeat seat, WarmWorker worker)
    {
        workers[seat.Id] = worker;
        LogStarted(seat.Id, seat.Identity.Job.ToString(), seat.Identity.Algorithm.Text);
    }

    /// <summary>The call is over. A sound worker stands ready for the next one.</summary>
    internal void Return(WarmSeat seat)
    {
        lock (gate)
        {
            if (!closed && workers.TryGetValue(seat.Id, out var worker) && worker.IsSound)
            {
                var idle = seat with { IsBusy = false, Since = time.GetUtcNow() };
                shelf = shelf.With(idle);
                _ = WatchAsync(idle, worker);
            }
            else
            {
                Remove(seat);
            }
        }
    }

    private WarmLease? Take(WarmIdentity identity, int memoryMiB, TimeSpan needed, bool mayStart)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var dead = shelf.Seats.Where(seat => !seat.IsBusy && workers.TryGetValue(seat.Id, out var worker) && !worker.IsSound).ToList();
            dead.ForEach(Remove);
            switch (closed ? new WarmChoice.Cold() : shelf.Choose(identity, memoryMiB, needed, bounds, now))
            {
                case WarmChoice.Use { Seat: var seat }:
                    var busy = seat with { IsBusy = true, Since = now };
                    shelf = shelf.With(busy);
                    return new WarmLease(this, busy, workers[seat.Id]);
                case WarmChoice.Start { Evict: var evict } when mayStart:
                    evict.ToList().ForEach(Remove);
                    var made = new WarmSeat(++last, identity, memoryMiB, IsBusy: true, now, now + needed + WarmBounds.Life);
                    shelf = shelf.With(made);
                    return new WarmLease(this, made, null);
                default:
                    return null;
            }
        }
    }

    /// <summary>Ends it when it has stood ready too long, or ended by itself.</summary>
    private async Task WatchAsync(WarmSeat seat, WarmWorker worker)
    {
        using var over = new CancellationTokenSource();
        await Task.WhenAny(worker.Life, Task.Delay(bounds.Idle, time, over.Token));
        await over.CancelAsync();
        lock (gate)
        {
            // Unless it was given a call meanwhile: then whoever returns it watches it anew.
            if (shelf.Seats.Contains(seat))
            {
                Remove(seat);
            }
        }
    }

    /// <summary>Under the lock. The place is free at once; the worker needs a moment to go.</summary>
    private void Remove(WarmSeat seat)
    {
        shelf = shelf.Without(seat.Id);
        if (workers.TryRemove(seat.Id, out var worker))
        {
            var ending = EndAsync(seat.Id, worker);
            endings[ending] = 0;
            _ = ending.ContinueWith(done => endings.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task EndAsync(long id, WarmWorker worker)
    {
        await Task.Yield();
        try
        {
            await worker.DisposeAsync();
            LogEnded(id, worker.Calls);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its folder lies among the runs' and is swept with them at the next start.
            LogLeft(e, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Warm worker {Worker} starts for {Job} with {Algorithm}")]
    private partial void LogStarted(long worker, string job, string algorithm);

    [LoggerMessage(Level = LogLevel.Information, Message = "Warm worker {Worker} has ended after {Calls} calls")]
    private partial void LogEnded(long worker, int calls);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not everything of warm worker {Worker} could be removed")]
    private partial void LogLeft(Exception e, long worker);
}
