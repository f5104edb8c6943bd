namespace Vantage.Coordinator.Tasks.Store;

/// <summary>
/// Where tasks and runs live. Every answer is about something durable: it comes only after the change is committed.
/// Two implementations, PostgreSQL and in memory, pass one conformance suite; both accept exactly the moves of
/// <see cref="Protocol.Lifecycles.RunLifecycle"/>. What a caller may ask was decided before: the items carry the
/// tenants they were authorized for.
/// </summary>
internal interface IRunStore
{
    /// <summary>Stores a task with its runs, once. Its id and manifest are its idempotency key.</summary>
    Task<CreateOutcome> CreateAsync(NewTask task, CancellationToken cancellationToken);

    /// <summary>
    /// Hands queued runs to a node, fairly between collaborations and then between askers. A node that is paused, draining
    /// or without a running lease gets nothing.
    /// </summary>
    Task<IReadOnlyList<OwnedRun>> ClaimAsync(ClaimBid bid, CancellationToken cancellationToken);

    /// <summary>Renews the node's lease and takes its reports.</summary>
    Task<BeatAnswer> BeatAsync(NodeBeat beat, CancellationToken cancellationToken);

    /// <summary>
    /// As a beat that reports everything the node holds; what it should hold and does not is offered again.
    /// </summary>
    Task<InventoryAnswer> ReconcileAsync(NodeInventory inventory, CancellationToken cancellationToken);

    /// <summary>Ends a run, and settles its task if it was the last.</summary>
    Task<CommitAnswer> CommitAsync(RunCommit commit, CancellationToken cancellationToken);

    /// <summary>Ends every unfinished run of a task. Null if there is no such task in this collaboration.</summary>
    /// <param name="task">Which.</param>
    /// <param name="actor">Who wants it, for the audit trail.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<CancelAnswer?> CancelAsync(TaskKey task, string actor, CancellationToken cancellationToken);

    /// <summary>
    /// Ends what expired, applies the lost-node policies of leases that lapsed, and cancels the subtasks of what has ended;
    /// a bounded amount at a time.
    /// </summary>
    Task<Swept> SweepAsync(CancellationToken cancellationToken);

    /// <summary>Null if there is no such task in this collaboration.</summary>
    Task<TaskSnapshot?> FindAsync(TaskKey task, CancellationToken cancellationToken);
}
