using Npgsql;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>
/// The world of the PostgreSQL store. Its clock is the database's, so time passes by moving every stored instant into the
/// past.
/// </summary>
public sealed class PostgresWorld(FreshDatabase fresh) : StoreWorld
{
    private readonly PostgresRunStore store = new(fresh.Database, Lease);

    internal override IRunStore Store => store;

    internal override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    internal override async Task<CollaborationId> CollaborationAsync()
    {
        var id = CollaborationId.New(TimeProvider.System);
        await ExecuteAsync("INSERT INTO collaboration (id, name) VALUES ($1, $2)", id.Value, id.ToString());
        return id;
    }

    internal override async Task<WorkingNode> NodeAsync(params CollaborationId[] collaborations) =>
        await AddNodeAsync(await OrganizationAsync(collaborations), collaborations);

    internal override Task<WorkingNode> SisterAsync(WorkingNode node) => AddNodeAsync(node.Organization, node.Collaborations);

    internal override async Task<Asker> AskerAsync(params CollaborationId[] collaborations) =>
        new(await OrganizationAsync(collaborations), UserId.New(TimeProvider.System), null);

    internal override Task AddBlobAsync(CollaborationId collaboration, Digest digest, long size) => ExecuteAsync(
        "INSERT INTO blob (collaboration_id, digest, size, owner_organization) VALUES ($1, $2, $3, $1)",
        collaboration.Value, digest.ToBytes(), size);

    internal override async Task PassAsync(TimeSpan time)
    {
        await ExecuteAsync(
            """
            UPDATE task SET not_before = not_before - $1, not_after = not_after - $1, created_at = created_at - $1,
                settled_at = settled_at - $1
            """, time);
        await ExecuteAsync(
            """
            UPDATE run SET not_before = not_before - $1, not_after = not_after - $1, updated_at = updated_at - $1,
                waiting_since = waiting_since - $1
            """, time);
        await ExecuteAsync(
            "UPDATE node SET lease_until = lease_until - $1, mode_since = mode_since - $1, last_seen_at = last_seen_at - $1", time);
    }

    internal override Task PutAsync(RunId run, RunState state, NodeId? holder) => ExecuteAsync(
        """
        WITH put AS (
            UPDATE run SET phase = $2, epoch = $3, outcome = $4, holder = $5, not_after = $6 WHERE id = $1 RETURNING task_id),
        receipts AS (DELETE FROM run_receipt WHERE run_id = $1),
        -- The other runs as they were, this one as it is put.
        counted AS (
            SELECT o.task_id, count(*) FILTER (WHERE o.phase < 6) AS open,
                count(*) FILTER (WHERE o.outcome = 0) AS o0, count(*) FILTER (WHERE o.outcome = 1) AS o1,
                count(*) FILTER (WHERE o.outcome = 2) AS o2, count(*) FILTER (WHERE o.outcome = 3) AS o3,
                count(*) FILTER (WHERE o.outcome = 4) AS o4, count(*) FILTER (WHERE o.outcome = 5) AS o5
            FROM (SELECT r.task_id, CASE WHEN r.id = $1 THEN $2 ELSE r.phase END AS phase,
                    CASE WHEN r.id = $1 THEN $4 ELSE r.outcome END AS outcome
                FROM put JOIN run r USING (task_id)) o GROUP BY o.task_id)
        UPDATE task t SET open_runs = c.open, succeeded = c.o0, failed = c.o1, refused = c.o2, cancelled = c.o3,
            expired = c.o4, lost = c.o5, settled_at = CASE WHEN c.open = 0 THEN now() END
        FROM counted c WHERE t.id = c.task_id
        """,
        run.Value, (short)state.Phase, state.Epoch, (object?)(short?)state.Outcome ?? DBNull.Value,
        (object?)holder?.Value ?? DBNull.Value, state.NotAfter.UtcDateTime);

    internal override async Task LapseOnlyAsync(WorkingNode node)
    {
        await ExecuteAsync("UPDATE node SET lease_until = now() WHERE id = $1", node.Node.Value);
        await store.SweepAsync(Cancelled);
    }

    public override ValueTask DisposeAsync() => store.DisposeAsync();

    private async Task<OrganizationId> OrganizationAsync(CollaborationId[] collaborations)
    {
        var id = OrganizationId.New(TimeProvider.System);
        await ExecuteAsync("INSERT INTO organization (id, name) VALUES ($1, $2)", id.Value, id.ToString());
        foreach (var collaboration in collaborations)
        {
            await ExecuteAsync("INSERT INTO collaboration_member (collaboration_id, organization_id) VALUES ($1, $2)",
                collaboration.Value, id.Value);
        }

        return id;
    }

    private async Task<WorkingNode> AddNodeAsync(OrganizationId organization, IReadOnlyCollection<CollaborationId> collaborations)
    {
        var id = NodeId.New(TimeProvider.System);
        await ExecuteAsync("INSERT INTO node (id, organization_id, name) VALUES ($1, $2, $3)",
            id.Value, organization.Value, id.ToString());
        return new WorkingNode(id, organization, collaborations);
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = fresh.Superuser.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());

        await command.ExecuteNonQueryAsync(Cancelled);
    }
}
