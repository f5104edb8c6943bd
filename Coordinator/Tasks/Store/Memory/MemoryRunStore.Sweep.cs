using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Store.Memory;

internal sealed partial class MemoryRunStore
{
    public Task<Swept> SweepAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Sweep());
        }
    }

    private Swept Sweep()
    {
        var stop = new List<StopWork>();
        var moved = new HashSet<CollaborationId>();
        var expired = MoveAll(run => run.State.HasEnded ? null : new RunEvent.Tick(), StopReason.Expired, stop, moved);
        var lapsed = nodes.Where(node => node.Value.LeaseUntil <= Now).Select(node => node.Key).ToHashSet();
        var lost = MoveAll(run => IsHeldBy(run, lapsed, LostNodePolicy.Fail) ? new RunEvent.Lose(run.State.Epoch) : null,
            StopReason.Ended, stop, moved);
        var again = MoveAll(run => IsHeldBy(run, lapsed, LostNodePolicy.Retry) ? new RunEvent.OfferAgain(run.State.Epoch) : null,
            StopReason.StaleEpoch, stop, moved);
        var orphaned = MoveAll(run => IsOrphan(run) ? new RunEvent.Cancel() : null, StopReason.Cancelled, stop, moved);
        return new Swept(expired.Count, lost.Count, again.Count, stop,
            [.. again.SelectMany(run => run.Target.Alternates.Select(a => a.Node).Prepend(run.Target.Node)).Distinct()],
            [.. moved], More: false) { Orphaned = orphaned.Count };
    }

    private List<MemoryRun> MoveAll(
        Func<MemoryRun, RunEvent?> happens, StopReason reason, List<StopWork> stop, HashSet<CollaborationId> moved)
    {
        var changed = new List<MemoryRun>();
        foreach (var run in runs.Values)
        {
            var holder = run.IsHeld ? run.Holder : null;
            if (happens(run) is not { } happened || !Apply(run, happened))
            {
                continue;
            }

            changed.Add(run);
            moved.Add(run.Manifest.Collaboration);
            if (holder is { } node)
            {
                stop.Add(new StopWork(node, new StopOrder(run.Target.Run, run.State.Epoch, reason)));
            }
        }

        return changed;
    }

    private bool IsOrphan(MemoryRun run) => !run.State.HasEnded && run.Manifest.Parent is { } parent
        && tasks.TryGetValue(parent.Task, out var asked) && asked.Outcome is not null;

    private static bool IsHeldBy(MemoryRun run, HashSet<NodeId> lapsed, LostNodePolicy policy) =>
        run.IsHeld && lapsed.Contains(run.Holder!.Value) && run.Manifest.LostNode == policy;
}
