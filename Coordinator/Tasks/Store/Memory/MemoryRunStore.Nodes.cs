using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Store.Memory;

internal sealed partial class MemoryRunStore
{
    public Task<BeatAnswer> BeatAsync(NodeBeat beat, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var until = Renew(beat.Caller.Node, beat.Mode);
            var (stop, _, moved) = Take(beat.Caller, beat.Reports);
            return Task.FromResult(new BeatAnswer(until, stop, beat.Looks && HasWorkFor(beat.Caller), moved));
        }
    }

    public Task<InventoryAnswer> ReconcileAsync(NodeInventory inventory, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var caller = inventory.Caller;
            var until = Renew(caller.Node, inventory.Mode);
            var (stop, keep, moved) = Take(caller, inventory.Runs);
            var again = runs.Values.Where(run => run.IsHeld && run.Holder == caller.Node
                && inventory.Runs.All(report => report.Run != run.Target.Run)
                && !inventory.JustClaimed.Contains(run.Target.Run)
                && Apply(run, new RunEvent.OfferAgain(run.State.Epoch))).ToList();
            return Task.FromResult(new InventoryAnswer(keep, stop, [.. again.Select(run => run.Target.Run)],
                HasWorkFor(caller), until,
                [.. moved.Concat(again.Select(run => run.Manifest.Collaboration)).Distinct()]));
        }
    }

    public Task<CommitAnswer> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Commit(commit));
        }
    }

    private CommitAnswer Commit(RunCommit commit)
    {
        var run = Visible(commit.Caller, commit.Run) is { } found && found.Task.Task.Key == commit.Task ? found : null;
        var missing = Missing(commit.Task.Collaboration,
            commit.Payloads.Where(payload => payload.Inline is null).Select(payload => payload.Digest));
        var (next, answer) = Judgement.Of(run?.Standing, commit, missing, Now);
        if (answer.Outcome == CommitOutcome.Superseded && !run!.Late.Contains(commit.Receipt))
        {
            run.Late.Add(commit.Receipt);
        }

        if (next is not RunTransition.Moved)
        {
            return answer;
        }

        run!.Code = commit.Code;
        run.Accepted = commit.ReceiptDigest;
        run.Payloads.AddRange(commit.Payloads.Select(payload =>
            new PayloadSnapshot(payload.Kind, commit.Caller.Node, payload.Digest, payload.Size, Available: true)));
        Apply(run, new RunEvent.Commit(commit.Epoch, commit.Outcome));
        return answer with { Settled = run.Task.Outcome };
    }

    private DateTimeOffset Renew(NodeId id, NodeMode mode)
    {
        var node = Node(id);
        if (node.Mode != mode || node.ModeSince is null)
        {
            (node.Mode, node.ModeSince) = (mode, Now);
        }

        node.LeaseUntil = Now + lease;
        return Now + lease;
    }

    private (List<StopOrder> Stop, List<RunId> Keep, List<CollaborationId> Moved) Take(
        WorkingNode caller, IReadOnlyList<RunReport> reports)
    {
        var (stop, keep, moved) = (new List<StopOrder>(), new List<RunId>(), new HashSet<CollaborationId>());
        foreach (var report in reports)
        {
            var run = Visible(caller, report.Run);
            var (next, reason) = Judgement.Of(run?.Standing, caller.Node, report, Now);
            if (reason is { } why)
            {
                stop.Add(new StopOrder(report.Run, report.Epoch, why));
                continue;
            }

            keep.Add(report.Run);
            if (next is not RunTransition.Refused && Note(run!, report))
            {
                moved.Add(run!.Manifest.Collaboration);
            }
        }

        return (stop, keep, [.. moved]);
    }

    /// <summary>Progress and waiting reason of an overtaken phase are no news.</summary>
    private bool Note(MemoryRun run, RunReport report)
    {
        if (report.Phase < run.State.Phase || (report.Phase == run.State.Phase && report.Waiting == run.Waiting
            && (report.Progress ?? run.Progress) == run.Progress))
        {
            return false;
        }

        Apply(run, new RunEvent.Report(report.Epoch, report.Phase));
        run.Progress = report.Progress ?? run.Progress;
        run.WaitingSince = report.Waiting == WaitingReason.None ? null
            : report.Waiting == run.Waiting ? run.WaitingSince : Now;
        run.Waiting = report.Waiting;
        run.UpdatedAt = Now;
        return true;
    }

    private MemoryRun? Visible(WorkingNode caller, RunId id) =>
        runs.TryGetValue(id, out var run) && run.Target.Organization == caller.Organization
        && caller.Collaborations.Contains(run.Manifest.Collaboration) ? run : null;
}
