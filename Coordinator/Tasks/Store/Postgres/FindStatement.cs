using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>Reads tasks with everything that is shown of them, as of one instant.</summary>
internal static class FindStatement
{
    private const string Tasks =
        """
        SELECT id, collaboration_id, job_id, study_id, type, algorithm, function, owner_organization, asked_by_user,
            asked_by_node, manifest_digest, created_at, not_before, not_after, outcome, settled_at, now()
        FROM task WHERE id = ANY ($1) AND collaboration_id = ANY ($2)
        """;

    private const string Runs =
        """
        SELECT r.task_id, r.id, r.owner_organization, r.node_id, r.phase, r.epoch, r.outcome, r.holder, r.not_after, r.code,
            r.progress, r.waiting, r.waiting_since, r.updated_at, n.mode, n.mode_since, n.lease_until
        FROM run r LEFT JOIN node n ON n.id = coalesce(r.holder, r.node_id)
        WHERE r.task_id = ANY ($1) AND r.collaboration_id = ANY ($2) ORDER BY r.id
        """;

    private const string Payloads =
        """
        SELECT p.run_id, p.kind, p.node_id, p.digest, p.size, p.removed_at IS NULL FROM run_payload p
        JOIN run r ON r.id = p.run_id WHERE r.task_id = ANY ($1) AND p.collaboration_id = ANY ($2) ORDER BY p.run_id, p.kind
        """;

    /// <summary>Those of the tasks that exist in these collaborations, in the order asked for.</summary>
    public static Task<IReadOnlyList<TaskSnapshot>> RunAsync(Database database, IReadOnlyCollection<TaskId> tasks,
        IReadOnlyCollection<CollaborationId> collaborations, CancellationToken cancellationToken) =>
        database.ExecuteAsync<IReadOnlyList<TaskSnapshot>>(TenantScope.Of(collaborations), Commands(tasks, collaborations),
            async (reader, ct) =>
            {
                var found = await ReadAsync(reader, ct);
                return [.. tasks.Where(found.ContainsKey).Select(task => found[task])];
            }, cancellationToken);

    /// <summary>Reads mode, mode_since, lease_until from here on; all null for a node that was never seen.</summary>
    public static NodePresence Presence(NpgsqlDataReader row, int first) => new(
        row.IsDBNull(first) ? NodeMode.Active : Enum.Parse<NodeMode>(row.GetString(first)),
        row.Maybe<DateTimeOffset>(first + 1), row.Maybe<DateTimeOffset>(first + 2));

    private static IEnumerable<NpgsqlBatchCommand> Commands(
        IReadOnlyCollection<TaskId> tasks, IReadOnlyCollection<CollaborationId> collaborations)
    {
        NpgsqlParameter[] Parameters() => [Sql.Uuids(tasks.Select(id => id.Value)), Sql.Uuids(collaborations.Select(id => id.Value))];
        return [Sql.Command(Tasks, Parameters()), Sql.Command(Runs, Parameters()), Sql.Command(Payloads, Parameters())];
    }

    private static async Task<Dictionary<TaskId, TaskSnapshot>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var found = await reader.RowsAsync(Task, cancellationToken);
        var runs = (await reader.NextRowsAsync(row => (Task: TaskId.From(row.GetGuid(0)), Run: Run(row)), cancellationToken))
            .ToLookup(row => row.Task, row => row.Run);
        var payloads = (await reader.NextRowsAsync(row => (Run: RunId.From(row.GetGuid(0)), Payload: Payload(row)), cancellationToken))
            .ToLookup(row => row.Run, row => row.Payload);
        return found.ToDictionary(task => task.Key.Task, task => task with
        {
            Runs = [.. runs[task.Key.Task].Select(run => run with { Payloads = [.. payloads[run.Id]] })],
        });
    }

    private static TaskSnapshot Task(NpgsqlDataReader row) => new(
        new TaskKey(TaskId.From(row.GetGuid(0)), CollaborationId.From(row.GetGuid(1))),
        JobId.From(row.GetGuid(2)),
        row.Maybe<Guid>(3) is { } study ? StudyId.From(study) : null,
        (TaskType)row.GetInt16(4),
        AlgorithmRef.Parse(row.GetString(5)),
        row.GetString(6),
        new Asker(OrganizationId.From(row.GetGuid(7)),
            row.Maybe<Guid>(8) is { } user ? UserId.From(user) : null,
            row.Maybe<Guid>(9) is { } node ? NodeId.From(node) : null),
        row.Digest(10),
        row.Time(11),
        row.Time(12),
        row.Time(13),
        (TaskOutcome?)row.Maybe<short>(14),
        row.Maybe<DateTimeOffset>(15),
        row.Time(16),
        []);

    private static RunSnapshot Run(NpgsqlDataReader row)
    {
        var standing = RowStates.Standing(row, 4);
        return new RunSnapshot(RunId.From(row.GetGuid(1)), OrganizationId.From(row.GetGuid(2)), NodeId.From(row.GetGuid(3)),
            standing.Holder, standing.State, row.IsDBNull(9) ? null : row.GetString(9), row.Maybe<short>(10),
            (WaitingReason)row.GetInt16(11), row.Maybe<DateTimeOffset>(12), row.Time(13),
            Presence(row, 14), []);
    }

    private static PayloadSnapshot Payload(NpgsqlDataReader row) => new((PayloadKind)row.GetInt16(1),
        NodeId.From(row.GetGuid(2)), row.Digest(3), row.GetInt64(4), row.GetBoolean(5));
}
