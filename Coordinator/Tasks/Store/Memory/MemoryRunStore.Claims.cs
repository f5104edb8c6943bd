using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Receipts;

namespace Vantage.Coordinator.Tasks.Store.Memory;

internal sealed partial class MemoryRunStore
{
    private readonly Dictionary<(NodeId, CollaborationId, Guid), long> turns = [];
    private long turn;

    public Task<IReadOnlyList<OwnedRun>> ClaimAsync(ClaimBid bid, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<OwnedRun>>(Node(bid.Caller.Node).IsReady(Now) ? Claim(bid) : []);
        }
    }

    private List<OwnedRun> Claim(ClaimBid bid)
    {
        var chosen = InTurn(bid).Take(bid.Max).ToList();
        turn++;
        foreach (var run in chosen)
        {
            Apply(run, new RunEvent.Claim());
            run.Holder = bid.Caller.Node;
            turns[TurnOf(bid.Caller.Node, run)] = turn;
        }

        return [.. chosen.Select(run => Owned(run, bid.Caller.Node))];
    }

    /// <summary>
    /// One run of each collaboration, then a second of each, and so on, beginning with whoever was served least recently;
    /// inside a collaboration likewise between its askers; each asker's own runs by age.
    /// </summary>
    private IEnumerable<MemoryRun> InTurn(ClaimBid bid)
    {
        var node = bid.Caller.Node;
        return runs.Values.Where(run => MayClaim(bid.Caller, run))
            .GroupBy(run => (run.Manifest.Collaboration, run.Task.Task.Asker.Turn))
            .SelectMany(group => group.OrderBy(run => run.Target.Run.Value).Select((run, nth) => (Run: run, Nth: nth)))
            .GroupBy(candidate => candidate.Run.Manifest.Collaboration)
            .SelectMany(group => group
                .OrderBy(candidate => candidate.Nth)
                .ThenBy(candidate => turns.GetValueOrDefault(TurnOf(node, candidate.Run)))
                .ThenBy(candidate => candidate.Run.Task.Task.Asker.Turn)
                .Select((candidate, within) => (candidate.Run, Within: within, Served: LastServed(node, group.Key))))
            .OrderBy(candidate => candidate.Within)
            .ThenBy(candidate => candidate.Served)
            .ThenBy(candidate => candidate.Run.Manifest.Collaboration.Value)
            .Select(candidate => candidate.Run);
    }

    private bool MayClaim(WorkingNode caller, MemoryRun run) =>
        run.State.Phase == RunPhase.Queued
        && run.Manifest.NotBefore <= Now && run.Manifest.NotAfter > Now
        && run.Target.Organization == caller.Organization
        && caller.Collaborations.Contains(run.Manifest.Collaboration)
        && (run.Target.Node == caller.Node
            || (run.IsNamed(caller.Node) && (run.State.Epoch > 0 || !Node(run.Target.Node).IsReady(Now))));

    private bool HasWorkFor(WorkingNode caller) =>
        Node(caller.Node).IsReady(Now) && runs.Values.Any(run => MayClaim(caller, run));

    private long LastServed(NodeId node, CollaborationId collaboration) =>
        turns.Where(served => served.Key.Item1 == node && served.Key.Item2 == collaboration)
            .Select(served => served.Value).DefaultIfEmpty().Max();

    private static (NodeId, CollaborationId, Guid) TurnOf(NodeId node, MemoryRun run) =>
        (node, run.Manifest.Collaboration, run.Task.Task.Asker.Turn);

    private static OwnedRun Owned(MemoryRun run, NodeId node)
    {
        var input = run.Target.Node == node
            ? run.Target.Input
            : run.Target.Alternates.Single(alternate => alternate.Node == node).Input;
        var task = run.Task.Task;
        return new OwnedRun(run.Target.Run, task.Manifest.Task, task.Manifest.Collaboration, run.State.Epoch, task.Jws,
            task.ParentJws, task.InlineInputs.GetValueOrDefault(input.Digest),
            ReceiptExpectation.From(task.Manifest, task.ManifestDigest, run.Target.Run));
    }
}
