using Npgsql;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>The statements that beats and inventories are made of, each for any number of nodes.</summary>
internal static class BeatStatements
{
    // A node that has much to say says it many times a second; a lease that was renewed a moment ago is not written again.
    // Whether it was is asked of one snapshot: nobody else's renewal comes between the two answers.
    private const string Renew =
        """
        WITH beat AS MATERIALIZED (
            SELECT b.*, n.lease_until AS stands_until,
                (n.mode, n.agent_version, n.lease_until > now() + $5 * 0.98) IS DISTINCT FROM (b.mode, b.agent_version, true) AS due
            FROM unnest($1, $2, $3, $4) AS b(id, organization_id, mode, agent_version)
            JOIN node n ON n.id = b.id AND n.organization_id = b.organization_id
            WHERE n.revoked_at IS NULL),
        renewed AS (
            UPDATE node n SET mode = b.mode,
                mode_since = CASE WHEN n.mode = b.mode THEN coalesce(n.mode_since, now()) ELSE now() END,
                last_seen_at = now(), lease_until = now() + $5, agent_version = b.agent_version
            FROM beat b WHERE b.due AND n.id = b.id AND n.revoked_at IS NULL
            RETURNING n.id, n.lease_until)
        SELECT id, lease_until FROM renewed UNION ALL SELECT id, stands_until FROM beat WHERE NOT due
        """;

    private const string Lock =
        """
        SELECT r.id, r.owner_organization, r.collaboration_id, r.phase, r.epoch, r.outcome, r.holder, r.not_after, now()
        FROM run r WHERE r.id = ANY ($1) ORDER BY r.id FOR NO KEY UPDATE
        """;

    // The pairs of RunLifecycle's report rows. Progress and waiting reason of an overtaken phase are no news.
    private const string Report =
        """
        WITH served AS (SELECT * FROM unnest($8, $9) AS s(node_id, collaboration_id)),
        moved AS (
            UPDATE run r SET phase = i.phase, progress = coalesce(i.progress, r.progress), waiting = i.waiting,
                waiting_since = CASE WHEN i.waiting = 0 THEN NULL WHEN i.waiting = r.waiting THEN r.waiting_since ELSE now() END,
                updated_at = now()
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS i(run_id, node_id, organization_id, epoch, phase, progress, waiting)
            WHERE r.id = i.run_id AND r.holder = i.node_id AND r.owner_organization = i.organization_id
                AND (i.node_id, r.collaboration_id) IN (SELECT s.node_id, s.collaboration_id FROM served s)
                AND r.epoch = i.epoch AND r.phase BETWEEN 1 AND 5 AND i.phase BETWEEN 1 AND 5 AND r.not_after > now()
                AND (i.phase > r.phase OR i.phase = r.phase
                    AND (i.waiting, coalesce(i.progress, r.progress)) IS DISTINCT FROM (r.waiting, r.progress))
            RETURNING r.id, r.task_id, r.collaboration_id, r.asker_organization, r.phase, r.progress, r.waiting, r.holder),
        told AS (
            INSERT INTO task_event (collaboration_id, owner_organization, task_id, run_id, phase, progress, waiting)
            SELECT collaboration_id, asker_organization, task_id, id, phase, progress, waiting FROM moved)
        SELECT DISTINCT holder, collaboration_id FROM moved
        """;

    private const string Work =
        $"""
        SELECT n.id FROM node n JOIN (
            SELECT s.node_id, array_agg(s.collaboration_id) AS collaborations
            FROM unnest($1, $2) AS s(node_id, collaboration_id) GROUP BY s.node_id) s ON s.node_id = n.id
        WHERE n.mode = 'Active' AND (EXISTS (
            SELECT FROM run r WHERE r.node_id = n.id AND r.queued AND r.collaboration_id = ANY (s.collaborations)
                AND r.not_before <= now() AND r.not_after > now())
        OR EXISTS (
            SELECT FROM (SELECT i.run_id FROM run_stand_in i WHERE i.node_id = n.id OFFSET 0) i
            CROSS JOIN LATERAL (
                SELECT r.* FROM run r WHERE r.id = i.run_id AND r.phase = 0 AND r.collaboration_id = ANY (s.collaborations)
                    AND r.not_before <= now() AND r.not_after > now() OFFSET 0) r
            LEFT JOIN LATERAL (SELECT o.mode, o.lease_until FROM node o WHERE o.id = r.node_id OFFSET 0) named ON true
            WHERE {ClaimStatement.MayStepIn}))
        """;

    private const string OfferAgain =
        """
        WITH moved AS (
            UPDATE run r SET phase = 0, holder = NULL, progress = NULL, waiting = 0, waiting_since = NULL, updated_at = now()
            WHERE r.id = ANY ($1) AND r.holder = $2 AND r.collaboration_id = ANY ($3) AND r.phase BETWEEN 1 AND 3
                AND r.not_after > now()
            RETURNING r.id, r.task_id, r.collaboration_id, r.asker_organization),
        told AS (
            INSERT INTO task_event (collaboration_id, owner_organization, task_id, run_id, phase)
            SELECT collaboration_id, asker_organization, task_id, id, 0 FROM moved)
        SELECT id, collaboration_id FROM moved
        """;

    public sealed record Beat(WorkingNode Caller, NodeMode Mode, string AgentVersion);

    public sealed record Reported(WorkingNode Caller, RunReport Report);

    public static NpgsqlBatchCommand RenewLeases(IReadOnlyList<Beat> beats, TimeSpan lease) => Sql.Command(Renew,
        [.. new Columns<Beat>(beats)
            .Uuid(beat => beat.Caller.Node.Value)
            .Uuid(beat => beat.Caller.Organization.Value)
            .Text(beat => beat.Mode.ToString())
            .Text(beat => beat.AgentVersion)
            .Parameters, Sql.Interval(lease)]);

    public static NpgsqlBatchCommand LockRuns(IEnumerable<RunId> runs) =>
        Sql.Command(Lock, Sql.Uuids(runs.Select(run => run.Value).Distinct()));

    public static NpgsqlBatchCommand TakeReports(IReadOnlyList<Reported> reports) => Sql.Command(Report,
        [.. new Columns<Reported>(reports)
            .Uuid(item => item.Report.Run.Value)
            .Uuid(item => item.Caller.Node.Value)
            .Uuid(item => item.Caller.Organization.Value)
            .Long(item => item.Report.Epoch)
            .Small(item => (int)item.Report.Phase)
            .Small(item => item.Report.Progress)
            .Small(item => (int)item.Report.Waiting)
            .Parameters, .. Served(reports.Select(item => item.Caller))]);

    public static NpgsqlBatchCommand FindWork(IEnumerable<WorkingNode> callers) => Sql.Command(Work, Served(callers));

    public static NpgsqlBatchCommand OfferRunsAgain(WorkingNode caller, IEnumerable<RunId> runs) => Sql.Command(OfferAgain,
        Sql.Uuids(runs.Select(run => run.Value)), Sql.Uuid(caller.Node.Value),
        Sql.Uuids(caller.Collaborations.Select(id => id.Value)));

    public static KeyValuePair<RunId, LockedRun> Locked(NpgsqlDataReader row) => new(
        RunId.From(row.GetGuid(0)),
        new LockedRun(OrganizationId.From(row.GetGuid(1)), CollaborationId.From(row.GetGuid(2)), RowStates.Standing(row, 3),
            row.Time(8)));

    /// <summary>Which collaborations each caller serves, as pairs.</summary>
    public static IEnumerable<NpgsqlParameter> Served(IEnumerable<WorkingNode> callers)
    {
        var pairs = callers.DistinctBy(caller => caller.Node)
            .SelectMany(caller => caller.Collaborations.Select(id => (caller.Node, Collaboration: id))).ToList();
        return new Columns<(NodeId Node, CollaborationId Collaboration)>(pairs)
            .Uuid(pair => pair.Node.Value).Uuid(pair => pair.Collaboration.Value).Parameters;
    }
}
