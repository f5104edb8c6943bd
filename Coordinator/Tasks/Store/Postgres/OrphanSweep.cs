using Npgsql;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>
/// Cancels the open subtasks of parents that have ended, however they ended: nobody waits for these answers any more. One
/// look for all the ways in which a parent ends, and for the subtask that was stored at the same moment.
/// </summary>
internal static class OrphanSweep
{
    private const int Most = 500;

    private const string Find =
        $"""
        SELECT r.id, r.task_id FROM (
            SELECT t.id FROM task t
            WHERE {SweepExecution.Leads} AND t.parent_id IS NOT NULL AND t.settled_at IS NULL
                AND (SELECT p.settled_at FROM task p WHERE p.id = t.parent_id) IS NOT NULL OFFSET 0) t
        CROSS JOIN LATERAL (SELECT r.id, r.task_id FROM run r WHERE r.task_id = t.id AND r.phase < 6 OFFSET 0) r
        ORDER BY r.id LIMIT $1
        """;

    private const string Cancel =
        $"""
        WITH moved AS (
            UPDATE run r SET phase = 6, outcome = 3, waiting = 0, waiting_since = NULL, updated_at = now()
            WHERE r.id = ANY ($1) AND r.live
            {RunEnds.Returning}),
        {RunEnds.Settle}
        SELECT id, collaboration_id FROM moved
        """;

    public static async Task<Swept> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        List<(Guid Run, Guid Task)> found;
        await using (var look = new NpgsqlBatch(connection, transaction) { BatchCommands = { Sql.Command(Find, Sql.Int(Most)) } })
        await using (var reader = await look.ExecuteReaderAsync(cancellationToken))
        {
            found = await reader.RowsAsync(row => (row.GetGuid(0), row.GetGuid(1)), cancellationToken);
        }

        if (found.Count == 0)
        {
            return Swept.Nothing;
        }

        var runs = found.Select(run => run.Run).ToList();
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(Sql.Command(RunEnds.LockTasks, Sql.Uuids(found.Select(run => run.Task).Distinct())));
        batch.BatchCommands.Add(Sql.Command(SweepExecution.LockRuns, Sql.Uuids(runs)));
        batch.BatchCommands.Add(Sql.Command(Cancel, Sql.Uuids(runs)));
        List<(RunId Run, long Epoch, Guid? Holder)> locked;
        Dictionary<RunId, CollaborationId> moved;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            locked = await reader.NextRowsAsync(row => (RunId.From(row.GetGuid(0)), row.GetInt64(1), row.Maybe<Guid>(2)), cancellationToken);
            moved = (await reader.NextRowsAsync(row => (Run: RunId.From(row.GetGuid(0)), In: CollaborationId.From(row.GetGuid(1))),
                cancellationToken)).ToDictionary(row => row.Run, row => row.In);
        }

        await transaction.CommitAsync(cancellationToken);
        return Swept.Nothing with
        {
            Orphaned = moved.Count,
            Stop = [.. locked.Where(run => run.Holder is not null && moved.ContainsKey(run.Run)).Select(run => new StopWork(
                NodeId.From(run.Holder!.Value), new StopOrder(run.Run, run.Epoch, StopReason.Cancelled)))],
            Moved = [.. moved.Values.Distinct()],
            More = found.Count == Most,
        };
    }
}
