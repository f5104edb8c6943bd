using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>
/// Hands out runs, one statement a bid. The queue of a node is a list of groups (collaboration, asker); the recursive part
/// hops from group to group on the index, so a long queue of one asker costs the others nothing. Of each group come the
/// oldest runs; then collaborations take turns, in each of them askers, beginning with whoever was served least recently.
/// </summary>
internal static class ClaimStatement
{
    /// <summary>Whether an alternate may step in for the node that the manifest names, <c>named</c>.</summary>
    public const string MayStepIn = "(r.epoch > 0 OR (named.mode = 'Active' AND named.lease_until > now()) IS NOT TRUE)";

    // FOR SHARE: the sweep that gives away a lapsed node's runs waits for this claim, and then sees what it took.
    private const string Claim =
        $"""
        WITH RECURSIVE me AS MATERIALIZED (
            SELECT n.id FROM node n
            WHERE n.id = $1 AND n.organization_id = $2 AND n.mode = 'Active' AND n.lease_until > now() AND n.revoked_at IS NULL
            FOR SHARE),
        groups (collaboration_id, turn_of) AS (
            (SELECT r.collaboration_id, r.turn_of FROM run r
             WHERE r.node_id = $1 AND r.queued AND r.collaboration_id = ANY ($3)
             ORDER BY r.collaboration_id, r.turn_of LIMIT 1)
            UNION ALL
            SELECT next.collaboration_id, next.turn_of FROM groups g CROSS JOIN LATERAL (
                SELECT r.collaboration_id, r.turn_of FROM run r
                WHERE r.node_id = $1 AND r.queued AND r.collaboration_id = ANY ($3)
                    AND (r.collaboration_id, r.turn_of) > (g.collaboration_id, g.turn_of)
                ORDER BY r.collaboration_id, r.turn_of LIMIT 1) next),
        open AS (
            SELECT oldest.* FROM groups g CROSS JOIN LATERAL (
                SELECT r.id, r.collaboration_id, r.turn_of FROM run r
                WHERE r.node_id = $1 AND r.queued AND r.collaboration_id = g.collaboration_id AND r.turn_of = g.turn_of
                    AND r.owner_organization = $2 AND r.not_before <= now() AND r.not_after > now()
                ORDER BY r.id LIMIT $4) oldest
            UNION ALL
            SELECT r.id, r.collaboration_id, r.turn_of FROM run_stand_in s
            JOIN run r ON r.id = s.run_id LEFT JOIN node named ON named.id = r.node_id
            WHERE s.node_id = $1 AND r.queued AND r.collaboration_id = ANY ($3) AND r.owner_organization = $2
                AND r.not_before <= now() AND r.not_after > now() AND {MayStepIn}),
        aged AS (
            SELECT o.*, row_number() OVER (PARTITION BY o.collaboration_id, o.turn_of ORDER BY o.id) AS nth,
                t.served_at, max(t.served_at) OVER (PARTITION BY o.collaboration_id) AS collaboration_served_at
            FROM open o LEFT JOIN claim_turn t
                ON t.node_id = $1 AND t.collaboration_id = o.collaboration_id AND t.turn_of = o.turn_of),
        ranked AS (
            SELECT a.*, row_number() OVER (
                PARTITION BY a.collaboration_id ORDER BY a.nth, a.served_at NULLS FIRST, a.turn_of) AS round
            FROM aged a),
        chosen AS (
            SELECT r.id FROM me CROSS JOIN ranked k JOIN run r ON r.id = k.id WHERE r.queued
            ORDER BY k.round, k.collaboration_served_at NULLS FIRST, k.collaboration_id
            LIMIT $4 FOR NO KEY UPDATE OF r SKIP LOCKED),
        moved AS (
            UPDATE run r SET phase = 1, epoch = r.epoch + 1, holder = $1, progress = NULL, waiting = 0, waiting_since = NULL,
                updated_at = now()
            FROM chosen c WHERE r.id = c.id AND r.phase = 0 AND r.not_after > now()
            RETURNING r.id, r.task_id, r.collaboration_id, r.asker_organization, r.turn_of, r.epoch),
        served AS (
            INSERT INTO claim_turn AS t (node_id, collaboration_id, turn_of, served_at)
            SELECT DISTINCT $1, m.collaboration_id, m.turn_of, now() FROM moved m
            ON CONFLICT (node_id, collaboration_id, turn_of) DO UPDATE SET served_at = excluded.served_at),
        told AS (
            INSERT INTO task_event (collaboration_id, owner_organization, task_id, run_id, phase)
            SELECT m.collaboration_id, m.asker_organization, m.task_id, m.id, 1 FROM moved m)
        SELECT m.id, m.task_id, m.collaboration_id, m.epoch, t.manifest, t.parent_manifest, p.inline
        FROM moved m JOIN task t ON t.id = m.task_id
        JOIN run_payload p ON p.run_id = m.id AND p.kind = 0 AND p.node_id = $1
        """;

    public static async Task<IReadOnlyList<IReadOnlyList<OwnedRun>>> RunAsync(
        Database database, IReadOnlyList<ClaimBid> bids, CancellationToken cancellationToken)
    {
        var scope = NodeScope.Of(bids.Select(bid => bid.Caller));
        var commands = bids.Select(bid => Sql.Command(Claim, Sql.Uuid(bid.Caller.Node.Value),
            Sql.Uuid(bid.Caller.Organization.Value), Sql.Uuids(bid.Caller.Collaborations.Select(id => id.Value)), Sql.Int(bid.Max)));
        return await database.ExecuteAsync<IReadOnlyList<IReadOnlyList<OwnedRun>>>(scope, commands, async (reader, ct) =>
        {
            var answers = new List<IReadOnlyList<OwnedRun>>(bids.Count);
            do
            {
                answers.Add(await reader.RowsAsync(Owned, ct));
            }
            while (await reader.NextResultAsync(ct));

            return answers;
        }, cancellationToken);
    }

    private static OwnedRun Owned(Npgsql.NpgsqlDataReader row) => new(RunId.From(row.GetGuid(0)), TaskId.From(row.GetGuid(1)),
        CollaborationId.From(row.GetGuid(2)), row.GetInt64(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6));
}

/// <summary>What a batch of nodes was authorized for: their collaborations, and their organizations' own rows.</summary>
internal static class NodeScope
{
    public static TenantScope Of(IEnumerable<WorkingNode> nodes)
    {
        var callers = nodes.ToList();
        return TenantScope.Of(callers.SelectMany(caller => caller.Collaborations))
            .And(TenantScope.Of(callers.Select(caller => caller.Organization)));
    }
}
