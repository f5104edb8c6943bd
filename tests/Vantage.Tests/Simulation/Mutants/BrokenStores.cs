using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Simulation.Mutants;

/// <summary>Takes a commit of any epoch for one of the present one, and anybody for the owner.</summary>
internal sealed class UnfencedStore(IRunStore inner, World world) : MutantStore(inner)
{
    public override async Task<CommitAnswer> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var run = (await Inner.FindAsync(commit.Task, cancellationToken))!.Runs.Single(run => run.Id == commit.Run);
        var owner = world.Nodes.SingleOrDefault(node => node.Id == run.Holder)?.Id ?? commit.Caller.Node;
        return await Inner.CommitAsync(
            commit with { Epoch = run.State.Epoch, Caller = commit.Caller with { Node = owner } }, cancellationToken);
    }
}

/// <summary>Forgets that a run has ended when another commit comes.</summary>
internal sealed class ForgetfulStore(IRunStore inner) : MutantStore(inner)
{
    public override async Task<CommitAnswer> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var run = (await Inner.FindAsync(commit.Task, cancellationToken))!.Runs.Single(run => run.Id == commit.Run);
        if (run.State.HasEnded)
        {
            Memory.Put(commit.Run, run.State with { Phase = RunPhase.Uploading, Outcome = null }, commit.Caller.Node);
        }

        return await Inner.CommitAsync(commit, cancellationToken);
    }
}

/// <summary>Hands every run out under the same epoch.</summary>
internal sealed class EpochlessStore(IRunStore inner) : MutantStore(inner)
{
    public override async Task<IReadOnlyList<OwnedRun>> ClaimAsync(ClaimBid bid, CancellationToken cancellationToken)
    {
        var owned = await Inner.ClaimAsync(bid, cancellationToken);
        foreach (var run in owned.Where(run => run.Epoch > 1))
        {
            var task = await Inner.FindAsync(new TaskKey(run.Task, run.Collaboration), cancellationToken);
            Memory.Put(run.Run, task!.Runs.Single(one => one.Id == run.Run).State with { Epoch = 1 }, bid.Caller.Node);
        }

        return [.. owned.Select(run => run with { Epoch = 1 })];
    }
}

/// <summary>Never looks at the clock.</summary>
internal sealed class UnsweptStore(IRunStore inner) : MutantStore(inner)
{
    public override Task<Swept> SweepAsync(CancellationToken cancellationToken) => Task.FromResult(Swept.Nothing);
}

/// <summary>Believes that whatever it handed over has arrived.</summary>
internal sealed class TrustingStore(IRunStore inner, World world) : MutantStore(inner)
{
    public override Task<InventoryAnswer> ReconcileAsync(NodeInventory inventory, CancellationToken cancellationToken) =>
        Inner.ReconcileAsync(inventory with { JustClaimed = [.. world.Runs] }, cancellationToken);
}

/// <summary>Cancels what has ended.</summary>
internal sealed class CancellingStore(IRunStore inner) : MutantStore(inner)
{
    public override async Task<CancelAnswer?> CancelAsync(TaskKey task, string actor, CancellationToken cancellationToken)
    {
        var answer = await Inner.CancelAsync(task, actor, cancellationToken);
        foreach (var run in (await Inner.FindAsync(task, cancellationToken))?.Runs ?? [])
        {
            Memory.Put(run.Id, run.State with { Phase = RunPhase.Ended, Outcome = RunOutcome.Cancelled }, run.Holder);
        }

        return answer;
    }
}
