using Vantage.NodeAgent.Runs.Deciding;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Working;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Runs;

/// <summary>
/// What this process has in hand at the moment, as opposed to what the journal remembers: works, deliveries, stop orders
/// and the lease. Safe for several threads.
/// </summary>
internal sealed class RunFloor(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<RunKey, RunWork> works = [];
    private readonly HashSet<RunKey> stopping = [];
    private readonly HashSet<RunKey> delivering = [];
    private readonly List<StopOrder> orders = [];
    private long? leaseUntil;

    /// <summary>On its way to stopping: claims nothing and finishes what it has.</summary>
    public bool IsDraining { get; set; }

    /// <param name="journal">What is remembered, read while no work can end: a book from a moment before shows work that has ended
    /// since as work still to be done, and it would be done twice.</param>
    /// <param name="limits">The node's.</param>
    public NodeView View(Func<RunBook> journal, NodeLimits limits)
    {
        lock (gate)
        {
            var book = journal();
            // An order has done its work once the handing it is about is no longer worked on.
            orders.RemoveAll(order => book[order.Run] is not { Stage: RunStage.Claimed } entry || entry.Epoch > order.Epoch);
            return new NodeView
            {
                Book = IsDraining ? book with { Mode = NodeMode.Draining } : book,
                Working = works.Keys.ToHashSet(),
                Stopping = stopping.ToHashSet(),
                Delivering = delivering.ToHashSet(),
                Stops = [.. orders],
                Lease = Lease(),
                Now = time.GetUtcNow(),
                Limits = limits,
            };
        }
    }

    public IReadOnlyList<RunWork> Works
    {
        get
        {
            lock (gate)
            {
                return [.. works.Values];
            }
        }
    }

    public bool TryBegin(RunWork work)
    {
        lock (gate)
        {
            return works.TryAdd(work.Key, work);
        }
    }

    public void End(RunWork work)
    {
        lock (gate)
        {
            works.Remove(work.Key);
            stopping.Remove(work.Key);
        }
    }

    public void GiveUp(RunKey key)
    {
        RunWork? work;
        lock (gate)
        {
            work = works.GetValueOrDefault(key);
            stopping.Add(key);
        }

        work?.GiveUp();
    }

    public bool TryDeliver(RunKey key)
    {
        lock (gate)
        {
            return delivering.Add(key);
        }
    }

    public void Delivered(RunKey key)
    {
        lock (gate)
        {
            delivering.Remove(key);
        }
    }

    public void Order(IEnumerable<StopOrder> stops)
    {
        lock (gate)
        {
            orders.AddRange(stops.Except(orders));
        }
    }

    public void LeaseHolds(long until)
    {
        lock (gate)
        {
            leaseUntil = until;
        }
    }

    /// <summary>How long until the lease lapses; null if it has, or there never was one.</summary>
    public TimeSpan? LeaseLeft
    {
        get
        {
            lock (gate)
            {
                return leaseUntil is { } until && until > time.GetTimestamp() ? time.GetElapsedTime(time.GetTimestamp(), until) : null;
            }
        }
    }

    private LeaseState Lease() => leaseUntil is not { } until ? LeaseState.Unknown
        : time.GetTimestamp() < until ? LeaseState.Holds
        : LeaseState.Lapsed;
}
