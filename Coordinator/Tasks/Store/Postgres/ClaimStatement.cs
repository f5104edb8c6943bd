using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>
/// Hands out runs, one statement for all bids of a batch. The queue of a node is a list of groups (collaboration, asker); the
/// recursive part hops from group to group on the index, so a long queue of one asker costs the others nothing. Of each group
/// come the oldest runs; then, for each node, collaborations take turns, in each of them askers, beginning with whoever was
/// served least recently. Where two bidders may have the same run, one of them gets it and the other one less.
/// </summary>
internal static class ClaimStatement
{
    /// <summary>Whether an alternate may step in for the node that the manifest names, <c>named</c>.</summary>
    public const string MayStepIn = "(r.epoch > 0 OR (named.mode = 'Active' AND named.lease_until > now()) IS NOT TRUE)";

    // Plans are made while the tables are empty and kept. So that no other plan is possible than from bids to groups to runs to
    // what belongs to them, each step is a subquery that can't be pulled up, and where a run is looked up by its id, it says
    // "phase = 0": with "queued", the whole queue would look as cheap.
    // FOR SHARE: the sweep that gives away a lapsed node's runs waits for this claim, and then sees what it took.
    private const string Claim =
        $"""
        WITH RECURSIVE served AS MATERIALIZED (
            SELECT s.node_id, array_agg(s.collaboration_id) AS collaborations
            FROM unnest($4, $5) AS s(node_id, collaboration_id) GROUP BY s.node_id),
        me AS MATERIALIZED (
            SELECT n.id, n.organization_id, b.most, s.collaborations
            FROM unnest($1, $2, $3) AS b(node_id, organization_id, most) JOIN served s ON s.node_id = b.node_id
            JOIN node n ON n.id = b.node_id AND n.organization_id = b.organization_id
            WHERE n.mode = 'Active' AND n.lease_until > now() AND n.revoked_at IS NULL
            ORDER BY n.id FOR SHARE OF n),
        groups (node_id, collaboration_id, turn_of) AS (
            SELECT me.id, first.collaboration_id, first.turn_of FROM me CROSS JOIN LATERAL (
                SELECT r.collaboration_id, r.turn_of FROM run r
                WHERE r.node_id = me.id AND r.queued AND r.collaboration_id = ANY (me.collaborations)
                ORDER BY r.collaboration_id, r.turn_of LIMIT 1) first
            UNION ALL
            SELECT g.node_id, next.collaboration_id, next.turn_of
            FROM groups g JOIN me ON me.id = g.node_id CROSS JOIN LATERAL (
                SELECT r.collaboration_id, r.turn_of FROM run r
                WHERE r.node_id = g.node_id AND r.queued AND r.collaboration_id = ANY (me.collaborations)
                    AND (r.collaboration_id, r.turn_of) > (g.collaboration_id, g.turn_of)
                ORDER BY r.collaboration_id, r.turn_of LIMIT 1) next),
        open AS (
            SELECT me.id AS node_id, me.most, oldest.* FROM groups g JOIN me ON me.id = g.node_id CROSS JOIN LATERAL (
                SELECT r.id, r.collaboration_id, r.turn_of FROM run r
                WHERE r.node_id = me.id AND r.queued AND r.collaboration_id = g.collaboration_id AND r.turn_of = g.turn_of
                    AND r.owner_organization = me.organization_id AND r.not_before <= now() AND r.not_after > now()
                ORDER BY r.id LIMIT me.most) oldest
            UNION ALL
            SELECT me.id, me.most, r.id, r.collaboration_id, r.turn_of
            FROM me CROSS JOIN LATERAL (SELECT s.run_id FROM run_stand_in s WHERE s.node_id = me.id OFFSET 0) s
            CROSS JOIN LATERAL (
                SELECT r.* FROM run r
                WHERE r.id = s.run_id AND r.phase = 0 AND r.collaboration_id = ANY (me.collaborations)
                    AND r.owner_organization = me.organization_id AND r.not_before <= now() AND r.not_after > now() OFFSET 0) r
            LEFT JOIN LATERAL (SELECT n.mode, n.lease_until FROM node n WHERE n.id = r.node_id OFFSET 0) named ON true
            WHERE {MayStepIn}),
        aged AS (
            SELECT o.*, row_number() OVER (PARTITION BY o.node_id, o.collaboration_id, o.turn_of ORDER BY o.id) AS nth,
                t.served_at, max(t.served_at) OVER (PARTITION BY o.node_id, o.collaboration_id) AS collaboration_served_at
            FROM open o LEFT JOIN LATERAL (
                SELECT t.served_at FROM claim_turn t
                WHERE t.node_id = o.node_id AND t.collaboration_id = o.collaboration_id AND t.turn_of = o.turn_of OFFSET 0) t ON true),
        ranked AS (
            SELECT a.*, row_number() OVER (
                PARTITION BY a.node_id, a.collaboration_id ORDER BY a.nth, a.served_at NULLS FIRST, a.turn_of) AS round
            FROM aged a),
        placed AS (
            SELECT k.*, row_number() OVER (
                PARTITION BY k.node_id ORDER BY k.round, k.collaboration_served_at NULLS FIRST, k.collaboration_id) AS place
            FROM ranked k),
        chosen AS MATERIALIZED (
            SELECT r.id, k.node_id FROM placed k CROSS JOIN LATERAL (
                SELECT r.id FROM run r WHERE r.id = k.id AND r.phase = 0 FOR NO KEY UPDATE SKIP LOCKED) r
            WHERE k.place <= k.most),
        moved AS (
            UPDATE run r SET phase = 1, epoch = r.epoch + 1, holder = (SELECT c.node_id FROM chosen c WHERE c.id = r.id LIMIT 1),
                progress = NULL, waiting = 0, waiting_since = NULL, updated_at = now()
            WHERE r.id = ANY (ARRAY(SELECT c.id FROM chosen c)) AND r.phase = 0 AND r.not_after > now()
            RETURNING r.id, r.task_id, r.collaboration_id, r.asker_organization, r.turn_of, r.epoch, r.holder),
        turns AS (
            INSERT INTO claim_turn AS t (node_id, collaboration_id, turn_of, served_at)
            SELECT DISTINCT m.holder, m.collaboration_id, m.turn_of, now() FROM moved m
            ON CONFLICT (node_id, collaboration_id, turn_of) DO UPDATE SET served_at = excluded.served_at),
        told AS (
            INSERT INTO task_event (collaboration_id, owner_organization, task_id, run_id, phase)
            SELECT m.collaboration_id, m.asker_organization, m.task_id, m.id, 1 FROM moved m)
        SELECT m.holder, m.id, m.task_id, m.collaboration_id, m.epoch, t.manifest, t.parent_manifest, p.inline, t.manifest_digest,
            t.algorithm, ARRAY(SELECT named.node_id FROM run_payload named WHERE named.run_id = m.id AND named.kind = 0)
        FROM moved m CROSS JOIN LATERAL (SELECT t.* FROM task t WHERE t.id = m.task_id OFFSET 0) t
        CROSS JOIN LATERAL (
            SELECT p.inline FROM run_payload p WHERE p.run_id = m.id AND p.kind = 0 AND p.node_id = m.holder OFFSET 0) p
        """;

    public static IReadOnlyList<IReadOnlyList<OwnedRun>> Run(DatabaseSession session, IReadOnlyList<ClaimBid> bids)
    {
        var bidders = bids.ToDictionary(bid => bid.Caller.Node, bid => bid.Caller);
        var columns = new Columns<ClaimBid>(bids)
            .Uuid(bid => bid.Caller.Node.Value).Uuid(bid => bid.Caller.Organization.Value).Int(bid => bid.Max).Parameters;
        var owned = session.Execute(NodeScope.Of(bidders.Values),
            [Sql.Command(Claim, columns.Concat(BeatStatements.Served(bidders.Values)))],
            reader => reader.Rows(row => Owned(row, bidders)));
        var byNode = owned.ToLookup(run => run.Node, run => run.Run);
        return [.. bids.Select(bid => byNode[bid.Caller.Node].ToList())];
    }

    private static (NodeId Node, OwnedRun Run) Owned(NpgsqlDataReader row, Dictionary<NodeId, WorkingNode> bidders)
    {
        var holder = NodeId.From(row.GetGuid(0));
        var (run, task, collaboration) = (RunId.From(row.GetGuid(1)), TaskId.From(row.GetGuid(2)), CollaborationId.From(row.GetGuid(3)));
        return (holder, new OwnedRun(run, task, collaboration, row.GetInt64(4), row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6),
            row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7),
            new ReceiptExpectation(row.Digest(8), collaboration, task, run, bidders[holder].Organization,
                [.. row.GetFieldValue<Guid[]>(10).Select(NodeId.From)], AlgorithmRef.Parse(row.GetString(9)))));
    }
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
