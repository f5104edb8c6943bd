using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>
/// The store that serves. Create, claim, beat and commit pass a batcher each: under load the calls that arrive during one
/// commit to disk share the next.
/// </summary>
internal sealed class PostgresRunStore : IRunStore, IAsyncDisposable
{
    private readonly Database database;
    private readonly TimeSpan lease;
    private readonly Batcher<NewTask, CreateOutcome> creates;
    private readonly Batcher<ClaimBid, IReadOnlyList<OwnedRun>> claims;
    private readonly Batcher<NodeBeat, BeatAnswer> beats;
    private readonly Batcher<RunCommit, CommitAnswer> commits;

    public PostgresRunStore(Database database, TimeSpan lease)
    {
        (this.database, this.lease) = (database, lease);
        creates = new(task => task.Manifest.Task, (tasks, ct) => CreateStatement.RunAsync(database, tasks, ct));
        claims = new(bid => bid.Caller.Node, (bids, ct) => ClaimStatement.RunAsync(database, bids, ct));
        beats = new(beat => beat.Caller.Node, (batch, ct) => BeatExecution.RunAsync(database, batch, lease, ct));
        commits = new(commit => commit.Run, (batch, ct) => CommitStatement.RunAsync(database, batch, ct));
    }

    public async Task<CreateOutcome> CreateAsync(NewTask task, CancellationToken cancellationToken)
    {
        try
        {
            return await creates.RunAsync(task, cancellationToken);
        }
        catch (Npgsql.PostgresException e) when (e.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation)
        {
            // A run id of another task. The statement took the whole task back.
            return new CreateOutcome.Conflict();
        }
    }

    public Task<IReadOnlyList<OwnedRun>> ClaimAsync(ClaimBid bid, CancellationToken cancellationToken) =>
        claims.RunAsync(bid, cancellationToken);

    public Task<BeatAnswer> BeatAsync(NodeBeat beat, CancellationToken cancellationToken) =>
        beats.RunAsync(beat, cancellationToken);

    public Task<InventoryAnswer> ReconcileAsync(NodeInventory inventory, CancellationToken cancellationToken) =>
        ReconcileExecution.RunAsync(database, inventory, lease, cancellationToken);

    public Task<CommitAnswer> CommitAsync(RunCommit commit, CancellationToken cancellationToken) =>
        commits.RunAsync(commit, cancellationToken);

    public Task<CancelAnswer?> CancelAsync(TaskKey task, string actor, CancellationToken cancellationToken) =>
        CancelStatement.RunAsync(database, task, actor, cancellationToken);

    public Task<Swept> SweepAsync(CancellationToken cancellationToken) =>
        SweepExecution.RunAsync(database.Leader, cancellationToken);

    public async Task<TaskSnapshot?> FindAsync(TaskKey task, CancellationToken cancellationToken) =>
        (await FindStatement.RunAsync(database, [task.Task], [task.Collaboration], cancellationToken)).SingleOrDefault();

    public async ValueTask DisposeAsync()
    {
        await creates.DisposeAsync();
        await claims.DisposeAsync();
        await beats.DisposeAsync();
        await commits.DisposeAsync();
    }
}
