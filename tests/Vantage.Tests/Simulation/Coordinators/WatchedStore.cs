using Vantage.Coordinator.Tasks.Store;
using Vantage.Tests.Simulation.Laws;

namespace Vantage.Tests.Simulation.Coordinators;

/// <summary>The store with the laws looking over its shoulder.</summary>
internal sealed class WatchedStore(World world, IRunStore inner, StoreLaws laws) : IRunStore
{
    public Task<CreateOutcome> CreateAsync(NewTask task, CancellationToken cancellationToken) =>
        Looked(inner.CreateAsync(task, cancellationToken));

    public Task<IReadOnlyList<OwnedRun>> ClaimAsync(ClaimBid bid, CancellationToken cancellationToken) =>
        Looked(inner.ClaimAsync(bid, cancellationToken));

    public Task<BeatAnswer> BeatAsync(NodeBeat beat, CancellationToken cancellationToken) =>
        Looked(inner.BeatAsync(beat, cancellationToken), answer => answer.Moved.Count > 0);

    public Task<InventoryAnswer> ReconcileAsync(NodeInventory inventory, CancellationToken cancellationToken) =>
        Looked(inner.ReconcileAsync(inventory, cancellationToken), answer => answer.Moved.Count > 0);

    public Task<CommitAnswer> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var before = CoordinatorProcess.Now(inner.FindAsync(commit.Task, cancellationToken))!.Runs.Single(run => run.Id == commit.Run);
        var answer = inner.CommitAsync(commit, cancellationToken);
        laws.Committed(commit, before, CoordinatorProcess.Now(answer));
        return Looked(answer);
    }

    public Task<CancelAnswer?> CancelAsync(TaskKey task, string actor, CancellationToken cancellationToken) =>
        Looked(inner.CancelAsync(task, actor, cancellationToken));

    public Task<Swept> SweepAsync(CancellationToken cancellationToken) =>
        Looked(inner.SweepAsync(cancellationToken), swept =>
        {
            world.NodeLaws.Swept(swept);
            return swept.Moved.Count > 0;
        });

    public Task<TaskSnapshot?> FindAsync(TaskKey task, CancellationToken cancellationToken) => inner.FindAsync(task, cancellationToken);

    private Task<T> Looked<T>(Task<T> answer, Func<T, bool>? changed = null)
    {
        var done = CoordinatorProcess.Now(answer);
        if (changed is null || changed(done))
        {
            laws.Look();
        }

        return answer;
    }
}
