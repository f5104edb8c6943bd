using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Store.Memory;

namespace Vantage.Tests.Simulation.Mutants;

/// <summary>The store in memory, but for what an heir does wrong on purpose.</summary>
internal abstract class MutantStore(IRunStore inner) : IRunStore
{
    protected IRunStore Inner => inner;

    protected MemoryRunStore Memory => (MemoryRunStore)inner;

    public Task<CreateOutcome> CreateAsync(NewTask task, CancellationToken cancellationToken) => inner.CreateAsync(task, cancellationToken);

    public virtual Task<IReadOnlyList<OwnedRun>> ClaimAsync(ClaimBid bid, CancellationToken cancellationToken) =>
        inner.ClaimAsync(bid, cancellationToken);

    public Task<BeatAnswer> BeatAsync(NodeBeat beat, CancellationToken cancellationToken) => inner.BeatAsync(beat, cancellationToken);

    public virtual Task<InventoryAnswer> ReconcileAsync(NodeInventory inventory, CancellationToken cancellationToken) =>
        inner.ReconcileAsync(inventory, cancellationToken);

    public virtual Task<CommitAnswer> CommitAsync(RunCommit commit, CancellationToken cancellationToken) =>
        inner.CommitAsync(commit, cancellationToken);

    public virtual Task<CancelAnswer?> CancelAsync(TaskKey task, string actor, CancellationToken cancellationToken) =>
        inner.CancelAsync(task, actor, cancellationToken);

    public virtual Task<Swept> SweepAsync(CancellationToken cancellationToken) => inner.SweepAsync(cancellationToken);

    public Task<TaskSnapshot?> FindAsync(TaskKey task, CancellationToken cancellationToken) => inner.FindAsync(task, cancellationToken);
}
