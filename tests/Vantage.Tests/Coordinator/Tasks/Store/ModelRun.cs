using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>One run as the table moves it: what each answer would have to be if nothing else went on. Null for a wrong one.</summary>
internal sealed record ModelRun(RunState State, NodeId? Holder, Digest? Accepted)
{
    public static RunCommit CommitOf(NewTask task, WorkingNode node, long epoch) => new(
        node, task.Manifest.Targets[0].Run, task.Key, epoch, RunOutcome.Succeeded, null, $"receipt of {node.Node} for {epoch}", []);

    /// <summary>The run was offered once before the history begins.</summary>
    public ModelRun? Claim(WorkingNode node, IReadOnlyList<OwnedRun> owned) => (State.Phase, owned) switch
    {
        (RunPhase.Queued, [var run]) when run.Epoch == EpochNow + 1 =>
            this with { State = State with { Phase = RunPhase.Leased, Epoch = run.Epoch }, Holder = node.Node },
        // Others claim it at this very moment: to find it locked is to find nothing.
        (_, []) => this,
        _ => null,
    };

    public ModelRun? Commit(RunCommit commit, CommitAnswer answer, DateTimeOffset now)
    {
        var standing = new Standing(State with { Epoch = EpochNow }, Holder, Accepted);
        var (next, expected) = Judgement.Of(standing, commit, [], now);
        return expected.Outcome != answer.Outcome || expected.Ended != answer.Ended ? null
            : next is RunTransition.Moved moved ? this with { State = moved.State, Accepted = commit.ReceiptDigest } : this;
    }

    public ModelRun? Missing(WorkingNode node, bool isOfferedAgain, DateTimeOffset now)
    {
        var held = State.Phase is not (RunPhase.Queued or RunPhase.Ended) && Holder == node.Node;
        return held != isOfferedAgain ? null
            : held && RunLifecycle.Next(State, new RunEvent.OfferAgain(State.Epoch), now) is RunTransition.Moved moved
                ? this with { State = moved.State, Holder = null }
                : this;
    }

    public ModelRun? Cancel(TaskOutcome outcome, DateTimeOffset now)
    {
        var next = RunLifecycle.Next(State with { Epoch = EpochNow }, new RunEvent.Cancel(), now) is RunTransition.Moved moved
            ? this with { State = moved.State }
            : this;
        return TaskLifecycle.Fold([next.State]) == outcome ? next : null;
    }

    private long EpochNow => Math.Max(1, State.Epoch);
}
