using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>Ends every unfinished run of a task.</summary>
internal static class CancelStatement
{
    private const string Lock =
        """
        SELECT r.id, r.epoch, CASE WHEN r.queued THEN NULL ELSE r.holder END
        FROM run r WHERE r.task_id = $1 AND r.collaboration_id = $2 AND r.live ORDER BY r.id FOR NO KEY UPDATE
        """;

    private const string Cancel =
        $"""
        WITH moved AS (
            UPDATE run r SET phase = 6, outcome = 3, waiting = 0, waiting_since = NULL, updated_at = now()
            WHERE r.task_id = $1 AND r.collaboration_id = $2 AND r.live
            {RunEnds.Returning}),
        {RunEnds.Settle},
        noted AS (
            INSERT INTO audit_entry (actor, action, subject, collaboration_id, organization_id)
            SELECT $3, 'task.cancel', $4, s.collaboration_id, s.owner_organization FROM settled s)
        SELECT id FROM moved
        """;

    private const string Look = "SELECT outcome FROM task WHERE id = $1 AND collaboration_id = $2";

    public static Task<CancelAnswer?> RunAsync(Database database, TaskKey task, string actor, CancellationToken cancellationToken)
    {
        var (id, collaboration) = (task.Task.Value, task.Collaboration.Value);
        return database.ExecuteAsync(TenantScope.Of(task.Collaboration),
            [
                Sql.Command(RunEnds.LockTasks, Sql.Uuids([id])),
                Sql.Command(Lock, Sql.Uuid(id), Sql.Uuid(collaboration)),
                Sql.Command(Cancel, Sql.Uuid(id), Sql.Uuid(collaboration), Sql.Text(actor), Sql.Text(task.Task.ToString())),
                Sql.Command(Look, Sql.Uuid(id), Sql.Uuid(collaboration)),
            ],
            async (reader, ct) =>
            {
                var locked = await reader.NextRowsAsync(row => (
                    Run: RunId.From(row.GetGuid(0)), Epoch: row.GetInt64(1), Holder: row.Maybe<Guid>(2)), ct);
                await reader.NextResultAsync(ct);
                var outcome = await reader.NextRowsAsync(row => (TaskOutcome)row.GetInt16(0), ct);
                return outcome is [var settled]
                    ? new CancelAnswer(settled, [.. locked.Where(run => run.Holder is not null).Select(run => new StopWork(
                        NodeId.From(run.Holder!.Value), new StopOrder(run.Run, run.Epoch, StopReason.Cancelled)))])
                    : null;
            }, cancellationToken);
    }
}
