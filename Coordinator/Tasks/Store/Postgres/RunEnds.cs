namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>
/// The end of every statement that ends runs. A CTE <c>moved</c> before it gives the ended rows of <c>run</c>; the
/// transaction holds the locks of their tasks, in the order of ids, and then of the runs: so no two of them wait for each
/// other, and the last run settles its task.
/// </summary>
internal static class RunEnds
{
    public const string LockTasks = "SELECT id FROM task WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE";

    public const string Settle =
        """
        counted AS (
            SELECT task_id, count(*)::int AS ended,
                (count(*) FILTER (WHERE outcome = 0))::int AS succeeded, (count(*) FILTER (WHERE outcome = 1))::int AS failed,
                (count(*) FILTER (WHERE outcome = 2))::int AS refused, (count(*) FILTER (WHERE outcome = 3))::int AS cancelled,
                (count(*) FILTER (WHERE outcome = 4))::int AS expired, (count(*) FILTER (WHERE outcome = 5))::int AS lost
            FROM moved GROUP BY task_id),
        settled AS (
            UPDATE task t SET open_runs = t.open_runs - c.ended,
                succeeded = t.succeeded + c.succeeded, failed = t.failed + c.failed, refused = t.refused + c.refused,
                cancelled = t.cancelled + c.cancelled, expired = t.expired + c.expired, lost = t.lost + c.lost,
                settled_at = CASE WHEN t.open_runs = c.ended THEN now() END
            FROM counted c WHERE t.id = c.task_id
            RETURNING t.id, t.collaboration_id, t.owner_organization, t.outcome),
        told AS (
            INSERT INTO task_event (collaboration_id, owner_organization, task_id, run_id, phase, outcome, code, task_outcome)
            SELECT collaboration_id, asker_organization, task_id, id, phase, outcome, code, NULL FROM moved
            UNION ALL
            SELECT collaboration_id, owner_organization, id, NULL, NULL, NULL, NULL, outcome FROM settled WHERE outcome IS NOT NULL)
        """;

    /// <summary>What <c>moved</c> has to return.</summary>
    public const string Returning =
        "RETURNING r.id, r.task_id, r.collaboration_id, r.asker_organization, r.phase, r.outcome, r.code, r.epoch, r.holder";
}
