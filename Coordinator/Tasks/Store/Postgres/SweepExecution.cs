using Npgsql;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>
/// What time alone does to runs, as the leader: expiry, and the lost-node policies of nodes whose lease lapsed. Locks in the
/// order that everyone keeps: nodes, tasks, runs.
/// </summary>
internal static class SweepExecution
{
    private const int Runs = 500;
    private const int Nodes = 50;

    /// <summary>One replica sweeps at a time: held to the end of the transaction, asked for once a statement.</summary>
    public const string Leads = "(SELECT pg_try_advisory_xact_lock(hashtext('vantage sweep')))";

    private const string Expired =
        $"SELECT r.id, r.task_id FROM run r WHERE {Leads} AND r.live AND r.not_after <= now() ORDER BY r.not_after LIMIT $1";

    // A beat that is renewing the lease holds the row: then it is not lapsed, and skipped.
    private const string Lapsed =
        $"""
        SELECT n.id FROM node n WHERE {Leads} AND n.lease_until <= now() AND EXISTS (
            SELECT FROM run r WHERE r.holder = n.id AND r.live AND NOT r.queued
                AND (r.lost_node = 2 OR r.lost_node = 1 AND r.phase <= 3))
        ORDER BY n.id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED
        """;

    private const string HeldByLapsed =
        """
        SELECT r.id, r.task_id FROM run r WHERE r.holder = ANY ($1) AND r.live AND NOT r.queued
            AND (r.lost_node = 2 OR r.lost_node = 1 AND r.phase <= 3)
        ORDER BY r.id LIMIT $2
        """;

    public const string LockRuns =
        """
        SELECT r.id, r.epoch, CASE WHEN r.queued THEN NULL ELSE r.holder END FROM run r
        WHERE r.id = ANY ($1) ORDER BY r.id FOR NO KEY UPDATE
        """;

    private const string Expire =
        $"""
        WITH moved AS (
            UPDATE run r SET phase = 6, outcome = 4, waiting = 0, waiting_since = NULL, updated_at = now()
            WHERE r.id = ANY ($1) AND r.live AND r.not_after <= now()
            {RunEnds.Returning}),
        {RunEnds.Settle}
        SELECT id, collaboration_id FROM moved
        """;

    private const string Lose =
        $"""
        WITH moved AS (
            UPDATE run r SET phase = 6, outcome = 5, waiting = 0, waiting_since = NULL, updated_at = now()
            WHERE r.id = ANY ($1) AND r.holder = ANY ($2) AND r.lost_node = 2 AND r.phase BETWEEN 1 AND 5 AND r.not_after > now()
            {RunEnds.Returning}),
        {RunEnds.Settle}
        SELECT id, collaboration_id FROM moved
        """;

    private const string OfferAgain =
        """
        WITH moved AS (
            UPDATE run r SET phase = 0, holder = NULL, progress = NULL, waiting = 0, waiting_since = NULL, updated_at = now()
            WHERE r.id = ANY ($1) AND r.holder = ANY ($2) AND r.lost_node = 1 AND r.phase BETWEEN 1 AND 3 AND r.not_after > now()
            RETURNING r.id, r.task_id, r.collaboration_id, r.asker_organization, r.node_id),
        told AS (
            INSERT INTO task_event (collaboration_id, owner_organization, task_id, run_id, phase)
            SELECT collaboration_id, asker_organization, task_id, id, 0 FROM moved)
        SELECT id, collaboration_id, node_id, ARRAY(SELECT s.node_id FROM run_stand_in s WHERE s.run_id = moved.id) FROM moved
        """;

    private const string DropStandIns =
        "DELETE FROM run_stand_in s WHERE (SELECT r.phase FROM run r WHERE r.id = s.run_id) = 6";

    private sealed record Moved(RunId Run, CollaborationId Collaboration, IReadOnlyList<NodeId> May);

    public static async Task<Swept> RunAsync(NpgsqlDataSource leader, CancellationToken cancellationToken)
    {
        await using var connection = await leader.OpenConnectionAsync(cancellationToken);
        var expired = await ExpireAsync(connection, cancellationToken);
        var lapsed = await LapseAsync(connection, cancellationToken);
        var orphaned = await OrphanSweep.RunAsync(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(DropStandIns) } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return lapsed with
        {
            Expired = expired.Expired,
            Orphaned = orphaned.Orphaned,
            Stop = [.. expired.Stop, .. lapsed.Stop, .. orphaned.Stop],
            Moved = [.. expired.Moved.Union(lapsed.Moved).Union(orphaned.Moved)],
            More = expired.More || lapsed.More || orphaned.More,
        };
    }

    private static async Task<Swept> ExpireAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var found = await FindAsync(transaction, Sql.Command(Expired, Sql.Int(Runs)), cancellationToken);
        if (found.Count == 0)
        {
            return Swept.Nothing;
        }

        var ids = found.Select(run => run.Run).ToList();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Sql.Command(RunEnds.LockTasks, Sql.Uuids(found.Select(run => run.Task).Distinct())));
        batch.BatchCommands.Add(Sql.Command(LockRuns, Sql.Uuids(ids)));
        batch.BatchCommands.Add(Sql.Command(Expire, Sql.Uuids(ids)));
        Dictionary<RunId, (long Epoch, NodeId? Holder)> locked;
        List<Moved> moved;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            locked = (await reader.NextRowsAsync(Locked, cancellationToken)).ToDictionary();
            moved = await reader.NextRowsAsync(Row, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new Swept(moved.Count, 0, 0, Stops(moved, locked, StopReason.Expired), [],
            [.. moved.Select(run => run.Collaboration).Distinct()], found.Count == Runs);
    }

    private static async Task<Swept> LapseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var nodes = (await FindAsync(transaction, Sql.Command(Lapsed, Sql.Int(Nodes)), cancellationToken)).ConvertAll(row => row.Run);
        if (nodes.Count == 0)
        {
            return Swept.Nothing;
        }

        var found = await FindAsync(transaction, Sql.Command(HeldByLapsed, Sql.Uuids(nodes), Sql.Int(Runs)), cancellationToken);
        var ids = found.Select(run => run.Run).ToList();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Sql.Command(RunEnds.LockTasks, Sql.Uuids(found.Select(run => run.Task).Distinct())));
        batch.BatchCommands.Add(Sql.Command(LockRuns, Sql.Uuids(ids)));
        batch.BatchCommands.Add(Sql.Command(Lose, Sql.Uuids(ids), Sql.Uuids(nodes)));
        batch.BatchCommands.Add(Sql.Command(OfferAgain, Sql.Uuids(ids), Sql.Uuids(nodes)));
        Dictionary<RunId, (long Epoch, NodeId? Holder)> locked;
        List<Moved> lost, again;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            locked = (await reader.NextRowsAsync(Locked, cancellationToken)).ToDictionary();
            lost = await reader.NextRowsAsync(Row, cancellationToken);
            again = await reader.NextRowsAsync(Row, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new Swept(0, lost.Count, again.Count,
            [.. Stops(lost, locked, StopReason.Ended), .. Stops(again, locked, StopReason.StaleEpoch)],
            [.. again.SelectMany(run => run.May).Distinct()],
            [.. lost.Concat(again).Select(run => run.Collaboration).Distinct()], nodes.Count == Nodes || found.Count == Runs);
    }

    private static async Task<List<(Guid Run, Guid Task)>> FindAsync(
        NpgsqlTransaction transaction, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { command } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await reader.RowsAsync(row => (row.GetGuid(0), row.FieldCount > 1 ? row.GetGuid(1) : Guid.Empty), cancellationToken);
    }

    private static KeyValuePair<RunId, (long Epoch, NodeId? Holder)> Locked(NpgsqlDataReader row) => new(
        RunId.From(row.GetGuid(0)), (row.GetInt64(1), row.Maybe<Guid>(2) is { } holder ? NodeId.From(holder) : null));

    private static Moved Row(NpgsqlDataReader row) => new(RunId.From(row.GetGuid(0)), CollaborationId.From(row.GetGuid(1)),
        row.FieldCount > 2 ? [NodeId.From(row.GetGuid(2)), .. row.GetFieldValue<Guid[]>(3).Select(NodeId.From)] : []);

    private static List<StopWork> Stops(
        IEnumerable<Moved> moved, Dictionary<RunId, (long Epoch, NodeId? Holder)> locked, StopReason reason) =>
        [.. moved.Where(run => locked[run.Run].Holder is not null).Select(run => new StopWork(
            locked[run.Run].Holder!.Value, new StopOrder(run.Run, locked[run.Run].Epoch, reason)))];
}
