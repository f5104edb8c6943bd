using System.Collections.Concurrent;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Realtime.Events;

/// <summary>Those of this replica who read events, woken when something changed in a collaboration of theirs.</summary>
internal sealed class Watchers
{
    private readonly ConcurrentDictionary<Watcher, byte> all = new();

    /// <param name="collaborations">Whose changes it is woken by.</param>
    /// <param name="end">Whoever waits for a task's end alone is not woken by what moves on the way.</param>
    public Watcher Add(IReadOnlySet<CollaborationId> collaborations, TaskId? end = null)
    {
        var watcher = new Watcher(this, collaborations, end);
        all.TryAdd(watcher, 0);
        return watcher;
    }

    /// <summary>Something changed, perhaps a task's end.</summary>
    public void Wake(CollaborationId collaboration) => Wake(watcher => watcher.Collaborations.Contains(collaboration));

    /// <summary>Something changed that ends no task.</summary>
    public void Moved(CollaborationId collaboration) =>
        Wake(watcher => watcher.End is null && watcher.Collaborations.Contains(collaboration));

    public void Settled(TaskId task) => Wake(watcher => watcher.End == task);

    public void WakeAll()
    {
        foreach (var (watcher, _) in all)
        {
            watcher.Wake();
        }
    }

    private void Wake(Func<Watcher, bool> concerned)
    {
        foreach (var (watcher, _) in all)
        {
            if (concerned(watcher))
            {
                watcher.Wake();
            }
        }
    }

    internal sealed class Watcher(Watchers watchers, IReadOnlySet<CollaborationId> collaborations, TaskId? end) : IDisposable
    {
        private readonly SemaphoreSlim woken = new(0, 1);

        public IReadOnlySet<CollaborationId> Collaborations => collaborations;

        public TaskId? End => end;

        /// <summary>Any number of wake-ups before the next wait are one.</summary>
        public void Wake()
        {
            try
            {
                woken.Release();
            }
            catch (SemaphoreFullException)
            {
                // Woken already.
            }
            catch (ObjectDisposedException)
            {
                // It left meanwhile.
            }
        }

        /// <summary>False if the time passed first.</summary>
        public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => woken.WaitAsync(atMost, cancellationToken);

        public void Dispose()
        {
            watchers.all.TryRemove(this, out _);
            woken.Dispose();
        }
    }
}
