using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Store;

/// <summary>A run of the sender's organization as it stood, locked, when a message about it arrived.</summary>
/// <param name="Holder">The node of this epoch; null while the run is offered.</param>
/// <param name="Accepted">The receipt that ended the run, if one did.</param>
internal sealed record Standing(RunState State, NodeId? Holder, Digest? Accepted);

/// <summary>
/// The answers to nodes, from the run table and who holds the run. Both stores answer with these; in PostgreSQL the
/// compare-and-set has decided by then, and this finds the words for it.
/// </summary>
internal static class Judgement
{
    public static (RunTransition? Next, StopReason? Stop) Of(Standing? run, NodeId sender, RunReport report, DateTimeOffset now)
    {
        if (run is null)
        {
            return (null, StopReason.Unknown);
        }

        var next = RunLifecycle.Next(run.State, new RunEvent.Report(report.Epoch, report.Phase), now);
        // Ended by the sender's own commit, whose answer is on its way or will be asked for again: no order to stop.
        if (run.State is { Outcome: RunOutcome.Succeeded or RunOutcome.Failed or RunOutcome.Refused } && run.State.Epoch == report.Epoch
            && run.Holder == sender)
        {
            return (next, null);
        }

        // The right epoch from the wrong node: no handing of this run was ever to the sender at this epoch.
        return next is not RunTransition.Refused && run.Holder != sender
            ? (null, StopReason.Unknown)
            : (next, StopReasons.For(next, run.State));
    }

    /// <param name="missing">Payloads of the commit that are neither inline nor in the blob store.</param>
    public static (RunTransition? Next, CommitAnswer Answer) Of(
        Standing? run, RunCommit commit, IReadOnlyList<Digest> missing, DateTimeOffset now)
    {
        if (run is null || (run.State.Epoch == commit.Epoch && run.Holder is { } holder && holder != commit.Caller.Node))
        {
            return (null, new CommitAnswer(CommitOutcome.Invalid));
        }

        if (run.Accepted == commit.ReceiptDigest)
        {
            return (null, new CommitAnswer(CommitOutcome.AlreadyCommitted, run.State.Outcome));
        }

        return RunLifecycle.Next(run.State, new RunEvent.Commit(commit.Epoch, commit.Outcome), now) switch
        {
            RunTransition.Moved when missing.Count > 0 =>
                (null, new CommitAnswer(CommitOutcome.PayloadMissing, Missing: missing)),
            RunTransition.Moved moved => (moved, new CommitAnswer(CommitOutcome.Committed, moved.State.Outcome)),
            RunTransition.Refused { Reason: RunRefusal.NotANodesOutcome } refused =>
                (refused, new CommitAnswer(CommitOutcome.Invalid, Refusal: refused.Reason)),
            var other => (other, new CommitAnswer(
                CommitOutcome.Superseded, run.State.Outcome, (other as RunTransition.Refused)?.Reason)),
        };
    }
}
