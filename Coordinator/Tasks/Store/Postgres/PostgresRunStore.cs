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
        creates = new("create", database.Session(), task => task.Manifest.Task,
            (session, tasks, ct) => CreateStatement.RunAsync(session, database, tasks, ct));
        claims = new("claim", database.Session(), bid => bid.Caller.Node,
            (session, bids, _) => Task.FromResult(ClaimStatement.Run(session, bids)));
        beats = new("beat", database.Session(), beat => beat.Caller.Node,
            (session, batch, _) => Task.FromResult(BeatExecution.Run(session, batch, lease)));
        commits = new("commit", database.Session(), commit => commit.Run,
            (session, batch, _) => Task.FromResult(CommitStatement.Run(session, batch)));
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
