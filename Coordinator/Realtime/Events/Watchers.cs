using System.Collections.Concurrent;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Realtime.Events;

/// <summary>Those of this replica who read events, woken when something changed in a collaboration of theirs.</summary>
internal sealed class Watchers
{
    private readonly ConcurrentDictionary<Watcher, byte> all = new();

    public Watcher Add(IReadOnlySet<CollaborationId> collaborations)
    {
        var watcher = new Watcher(this, collaborations);
        all.TryAdd(watcher, 0);
        return watcher;
    }

    public void Wake(CollaborationId collaboration)
    {
        foreach (var (watcher, _) in all)
        {
            if (watcher.Collaborations.Contains(collaboration))
            {
                watcher.Wake();
            }
        }
    }

    public void WakeAll()
    {
        foreach (var (watcher, _) in all)
        {
            watcher.Wake();
        }
    }

    internal sealed class Watcher(Watchers watchers, IReadOnlySet<CollaborationId> collaborations) : IDisposable
    {
        private readonly SemaphoreSlim woken = new(0, 1);

        public IReadOnlySet<CollaborationId> Collaborations => collaborations;

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
