using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Runs.Deciding;

/// <summary>What a node does next, decided from nothing but its view. The loop around it only carries it out.</summary>
internal static class RunPlan
{
    /// <summary>What waits for a person takes no place, but a disk: nobody answers more questions than this.</summary>
    private const int MostAwaiting = 1000;

    public static IReadOnlyList<RunAction> Decide(NodeView view) => Decide(view, view.Book.Entries.Values);

    /// <param name="view">What there is.</param>
    /// <param name="entries">Those to look at: all that are live, and of the others those that <see cref="RunCalm"/> names.</param>
    public static IReadOnlyList<RunAction> Decide(NodeView view, IEnumerable<RunEntry> entries)
    {
        var actions = entries
            .OrderBy(entry => entry.Order)
            .SelectMany(entry => Decide(view, entry))
            .ToList();
        actions.AddRange(Strays(view).Select(key => new RunAction.Stop(key)));
        actions.AddRange(Begin(view).Select(entry => new RunAction.Begin(entry.Key)));
        return actions;
    }

    /// <summary>
    /// How many runs there is room for now. Central functions don't count: what they wait for may have to run here.
    /// </summary>
    public static int FreeSlots(NodeView view) =>
        view.Book.Mode == NodeMode.Active
            ? Math.Max(0, Math.Min(
                view.Limits.Slots - view.Book.Live.Values.Count(entry => entry is { Stage: RunStage.Claimed, Delegates: false, Awaiting: null }),
                MostAwaiting - view.Book.Live.Values.Count(entry => entry.Awaiting is not null)))
            : 0;

    /// <summary>When time alone will change the decision; null if it never does.</summary>
    public static DateTimeOffset? NextDeadline(NodeView view) => NextDeadline(view, view.Book.Entries.Values);

    /// <summary>As above, of some.</summary>
    public static DateTimeOffset? NextDeadline(NodeView view, IEnumerable<RunEntry> entries) =>
        entries
            .SelectMany(entry => new[]
            {
                entry.NotAfter, entry.NotAfter + view.Limits.Skew, SweepAt(view, entry), ForgetAt(view, entry),
                entry.Awaiting?.Until ?? DateTimeOffset.MinValue,
            })
            .Where(at => at > view.Now)
            .Select(at => (DateTimeOffset?)at)
            .Min();

    private static IEnumerable<RunAction> Decide(NodeView view, RunEntry entry) => entry.Stage switch
    {
        RunStage.Claimed when Unwanted(view, entry) is { } cause => [End(view, entry, cause)],
        RunStage.Claimed => entry.Awaiting is { } waits && view.Now >= waits.Until ? [new RunAction.Lapse(entry.Key, waits)] : [],
        RunStage.Sealed when IsPast(view, entry) => [new RunAction.GiveUp(entry.Key)],
        RunStage.Sealed => view.Delivering.Contains(entry.Key) ? [] : [new RunAction.Deliver(entry.Key)],
        _ when !entry.Swept && IsAtWork(view, entry) => [],
        _ when !entry.Swept => view.Now >= SweepAt(view, entry) ? [new RunAction.Sweep(entry.Key)] : [],
        _ => view.Now >= ForgetAt(view, entry) ? [new RunAction.Forget(entry.Run)] : [],
    };

    private static DropCause? Unwanted(NodeView view, RunEntry entry)
    {
        // An order names the epoch it is about: a later one, handed over since, goes on.
        if (view.Stops.Any(order => order.Run == entry.Run && order.Epoch >= entry.Epoch))
        {
            return DropCause.Stopped;
        }

        if (view.Now >= entry.NotAfter)
        {
            return DropCause.Expired;
        }

        // What is held is finished, and the Coordinator was told so: it waits for it, as for what is sealed.
        return view.Lease == LeaseState.Lapsed && !entry.IsHeld && entry.LostNode != LostNodePolicy.Wait ? DropCause.LeaseLost : null;
    }

    /// <summary>The drop is only written once nothing runs: else a crash between would leave work that nobody knows of.</summary>
    private static RunAction End(NodeView view, RunEntry entry, DropCause cause) =>
        IsAtWork(view, entry) ? new RunAction.Stop(entry.Key) : new RunAction.Drop(entry.Key, cause);

    /// <summary>Work on handings that are over: dropped, or followed by a later epoch. What was just sealed ends by itself.</summary>
    private static IEnumerable<RunKey> Strays(NodeView view) =>
        view.Working.Where(key => view.Book[key.Run] is not { } entry || entry.WorkKey != key || entry.Stage == RunStage.Dropped)
            .Where(key => !view.Stopping.Contains(key))
            .OrderBy(key => key.Run.Value);

    /// <summary>When an entry that is over is to be swept or forgotten: until then there is nothing to do about it.</summary>
    public static DateTimeOffset DueAt(NodeView view, RunEntry entry) => entry.Swept ? ForgetAt(view, entry) : SweepAt(view, entry);

    private static IEnumerable<RunEntry> Begin(NodeView view) =>
        view.Book.Live.Values
            .Where(entry => entry is { Stage: RunStage.Claimed, Awaiting: null } && Unwanted(view, entry) is null && !IsAtWork(view, entry))
            .Where(entry => entry.IsHeld || entry.LostNode == LostNodePolicy.Wait || view.Lease == LeaseState.Holds)
            .OrderBy(entry => entry.Order)
            .GroupBy(entry => entry.Delegates)
            .SelectMany(kind => kind.Take(Math.Max(0, view.Limits.Slots - Working(view, kind.Key))))
            .OrderBy(entry => entry.Order);

    /// <summary>Central functions have as many places again, so that they never keep each other's answers from being computed.</summary>
    private static int Working(NodeView view, bool delegates) =>
        view.Working.Count(key => (view.Book[key.Run]?.Delegates ?? false) == delegates);

    /// <summary>Any epoch of it: two of one run never work side by side.</summary>
    private static bool IsAtWork(NodeView view, RunEntry entry) => view.Working.Any(key => key.Run == entry.Run);

    private static bool IsPast(NodeView view, RunEntry entry) => view.Now >= entry.NotAfter + view.Limits.Skew;

    /// <summary>Until then somebody could offer the run again, or count on this node's counting.</summary>
    private static DateTimeOffset ForgetAt(NodeView view, RunEntry entry) =>
        (entry.KeepUntil > entry.NotAfter ? entry.KeepUntil : entry.NotAfter) + view.Limits.Skew;

    private static DateTimeOffset SweepAt(NodeView view, RunEntry entry)
    {
        if (entry is not { Stage: RunStage.Acknowledged, AcknowledgedAt: { } at })
        {
            return DateTimeOffset.MinValue;
        }

        var past = entry.NotAfter + view.Limits.Skew;
        if (entry.Acknowledgement == CommitOutcome.Superseded)
        {
            // Offered again and not ended: this node may get it back, and then sends what it finished. Else it lost the race.
            return entry.Ended is null ? past : DateTimeOffset.MinValue;
        }

        if (entry.Payloads.Sum(payload => payload.Size) > view.Limits.KeepBytes)
        {
            return DateTimeOffset.MinValue;
        }

        var kept = at + view.Limits.KeepFor;
        return kept < past ? kept : past;
    }
}
