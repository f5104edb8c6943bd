using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>Ends runs by their nodes' commits: lock, look, compare-and-set, settle; all of a batch in one transaction.</summary>
internal static class CommitStatement
{
    private const string Lock =
        """
        SELECT r.id, r.owner_organization, r.collaboration_id, r.phase, r.epoch, r.outcome, r.holder, r.not_after, now(),
            a.digest, r.task_id
        FROM run r LEFT JOIN run_receipt a ON a.run_id = r.id AND a.accepted
        WHERE r.id = ANY ($1) ORDER BY r.id FOR NO KEY UPDATE OF r
        """;

    private const string Absent =
        """
        SELECT p.run_id, p.digest FROM unnest($1, $2, $3, $4) AS p(run_id, collaboration_id, digest, size)
        WHERE NOT EXISTS (
            SELECT FROM blob b WHERE b.collaboration_id = p.collaboration_id AND b.digest = p.digest AND b.size = p.size)
        """;

    // The pairs of RunLifecycle's commit rows. A receipt that ends nothing is kept for audit, unless its sender never held
    // this epoch or is about to send it again.
    private const string Commit =
        $"""
        WITH i AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS i(
                run_id, task_id, collaboration_id, organization_id, node_id, epoch, outcome, code, receipt, digest, actor,
                subject)),
        p AS (
            SELECT * FROM unnest($13, $14, $15, $16, $17, $18, $19, $20) AS p(
                run_id, collaboration_id, organization_id, node_id, kind, digest, size, inline)),
        absent AS (
            SELECT p.run_id FROM p WHERE p.inline IS NULL AND NOT EXISTS (
                SELECT FROM blob b WHERE b.collaboration_id = p.collaboration_id AND b.digest = p.digest AND b.size = p.size)),
        moved AS (
            UPDATE run r SET phase = 6, outcome = i.outcome, code = i.code, waiting = 0, waiting_since = NULL, updated_at = now()
            FROM i
            WHERE r.id = i.run_id AND r.task_id = i.task_id AND r.collaboration_id = i.collaboration_id
                AND r.owner_organization = i.organization_id AND r.holder = i.node_id AND r.epoch = i.epoch
                AND r.phase BETWEEN 1 AND 5 AND i.outcome BETWEEN 0 AND 3 AND r.not_after > now()
                AND i.run_id NOT IN (SELECT run_id FROM absent)
            {RunEnds.Returning}),
        receipts AS (
            INSERT INTO run_receipt (run_id, digest, collaboration_id, owner_organization, node_id, epoch, accepted, receipt)
            SELECT i.run_id, i.digest, i.collaboration_id, i.organization_id, i.node_id, i.epoch, m.id IS NOT NULL, i.receipt
            FROM i JOIN run r ON r.id = i.run_id AND r.task_id = i.task_id AND r.collaboration_id = i.collaboration_id
                AND r.owner_organization = i.organization_id
            LEFT JOIN moved m ON m.id = i.run_id
            WHERE m.id IS NOT NULL OR (i.outcome BETWEEN 0 AND 3 AND i.run_id NOT IN (SELECT run_id FROM absent)
                AND (r.epoch <> i.epoch OR r.holder IS NULL OR r.holder = i.node_id))
            ON CONFLICT (run_id, digest) DO UPDATE SET accepted = true, epoch = EXCLUDED.epoch WHERE EXCLUDED.accepted),
        payloads AS (
            INSERT INTO run_payload (run_id, kind, node_id, collaboration_id, owner_organization, digest, size, inline)
            SELECT p.run_id, p.kind, p.node_id, p.collaboration_id, p.organization_id, p.digest, p.size, p.inline
            FROM p JOIN moved m ON m.id = p.run_id),
        {RunEnds.Settle},
        noted AS (
            INSERT INTO audit_entry (actor, action, subject, collaboration_id, organization_id)
            SELECT i.actor, 'run.commit', i.subject, i.collaboration_id, i.organization_id FROM i JOIN moved m ON m.id = i.run_id)
        SELECT m.id, s.outcome FROM moved m JOIN settled s ON s.id = m.task_id
        """;

    private sealed record Payload(RunCommit Commit, StoredPayload Sealed);

    public static IReadOnlyList<CommitAnswer> Run(DatabaseSession session, IReadOnlyList<RunCommit> commits)
    {
        var payloads = commits.SelectMany(commit => commit.Payloads.Select(payload => new Payload(commit, payload))).ToList();
        var blobs = payloads.Where(payload => payload.Sealed.Inline is null).ToList();
        NpgsqlBatchCommand[] commands =
        [
            Sql.Command(RunEnds.LockTasks, Sql.Uuids(commits.Select(commit => commit.Task.Task.Value).Distinct())),
            Sql.Command(Lock, Sql.Uuids(commits.Select(commit => commit.Run.Value))),
            .. blobs.Count == 0 ? [] : new[] { Sql.Command(Absent, BlobColumns(blobs)) },
            Sql.Command(Commit, CommitColumns(commits).Concat(PayloadColumns(payloads))),
        ];
        var scope = NodeScope.Of(commits.Select(commit => commit.Caller));
        return session.Execute(scope, commands, reader =>
        {
            var runs = reader.NextRows(row => (
                Run: BeatStatements.Locked(row), Accepted: row.IsDBNull(9) ? (Digest?)null : row.Digest(9), Task: row.GetGuid(10)))
                .ToDictionary(row => row.Run.Key, row => (row.Run.Value, row.Accepted, row.Task));
            var absent = (blobs.Count == 0
                ? []
                : reader.NextRows(row => (Run: RunId.From(row.GetGuid(0)), Digest: row.Digest(1))))
                .ToLookup(row => row.Run, row => row.Digest);
            var moved = reader.NextRows(row => (
                Run: RunId.From(row.GetGuid(0)), Settled: (TaskOutcome?)row.Maybe<short>(1)))
                .ToDictionary(row => row.Run, row => row.Settled);
            return Answers(commits, runs, absent, moved);
        });
    }

    private static CommitAnswer[] Answers(
        IReadOnlyList<RunCommit> commits, Dictionary<RunId, (LockedRun Run, Digest? Accepted, Guid Task)> runs,
        ILookup<RunId, Digest> absent, Dictionary<RunId, TaskOutcome?> moved)
    {
        var answers = commits.Select(commit =>
        {
            var (run, accepted, task) = runs.GetValueOrDefault(commit.Run);
            var standing = task == commit.Task.Task.Value && run?.Collaboration == commit.Task.Collaboration ? run.For(commit.Caller) : null;
            var (next, answer) = Judgement.Of(
                standing is null ? null : standing with { Accepted = accepted }, commit, [.. absent[commit.Run]], run?.Now ?? default);
            return next is RunTransition.Moved == moved.ContainsKey(commit.Run)
                ? answer
                : throw new InvalidOperationException($"The run table and its SQL disagree about {commit.Run}, epoch {commit.Epoch}.");
        }).ToArray();
        // Of several that ended in one batch, the last one settled the task.
        foreach (var last in commits.Select((commit, i) => (commit, i)).Where(item => moved.ContainsKey(item.commit.Run))
            .GroupBy(item => item.commit.Task.Task).Select(group => group.Last()))
        {
            answers[last.i] = answers[last.i] with { Settled = moved[last.commit.Run] };
        }

        return answers;
    }

    private static IEnumerable<NpgsqlParameter> BlobColumns(IReadOnlyList<Payload> payloads) => new Columns<Payload>(payloads)
        .Uuid(payload => payload.Commit.Run.Value)
        .Uuid(payload => payload.Commit.Task.Collaboration.Value)
        .Digest(payload => payload.Sealed.Digest)
        .Long(payload => payload.Sealed.Size)
        .Parameters;

    private static IEnumerable<NpgsqlParameter> CommitColumns(IReadOnlyList<RunCommit> commits) => new Columns<RunCommit>(commits)
        .Uuid(commit => commit.Run.Value)
        .Uuid(commit => commit.Task.Task.Value)
        .Uuid(commit => commit.Task.Collaboration.Value)
        .Uuid(commit => commit.Caller.Organization.Value)
        .Uuid(commit => commit.Caller.Node.Value)
        .Long(commit => commit.Epoch)
        .Small(commit => (int)commit.Outcome)
        .Text(commit => commit.Code)
        .Text(commit => commit.Receipt)
        .Digest(commit => commit.ReceiptDigest)
        .Text(commit => commit.Caller.Node.ToString())
        .Text(commit => commit.Run.ToString())
        .Parameters;

    private static IEnumerable<NpgsqlParameter> PayloadColumns(IReadOnlyList<Payload> payloads) => new Columns<Payload>(payloads)
        .Uuid(payload => payload.Commit.Run.Value)
        .Uuid(payload => payload.Commit.Task.Collaboration.Value)
        .Uuid(payload => payload.Commit.Caller.Organization.Value)
        .Uuid(payload => payload.Commit.Caller.Node.Value)
        .Small(payload => (int)payload.Sealed.Kind)
        .Digest(payload => payload.Sealed.Digest)
        .Long(payload => payload.Sealed.Size)
        .Bytes(payload => payload.Sealed.Inline)
        .Parameters;
}
