using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>
/// Stores tasks, their runs and small inputs: one statement for all of a batch. What was stored just now needs no reading;
/// only for what was not, a second transaction looks at what stands there.
/// </summary>
internal static class CreateStatement
{
    private const string Insert =
        """
        WITH t AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) AS t(
                id, collaboration_id, owner_organization, asked_by_user, asked_by_node, study_id, job_id, type, algorithm,
                function, not_before, not_after, manifest, manifest_digest, parent_manifest, parent_id, open_runs, actor, subject)),
        r AS (
            SELECT * FROM unnest($20, $21, $22, $23, $24, $25, $26, $27, $28, $29) AS r(
                id, task_id, collaboration_id, owner_organization, asker_organization, node_id, turn_of, lost_node,
                not_before, not_after)),
        p AS (
            SELECT * FROM unnest($30, $31, $32, $33, $34, $35, $36, $37, $38) AS p(
                task_id, run_id, collaboration_id, owner_organization, node_id, digest, size, inline, stands_in)),
        absent AS (
            SELECT DISTINCT p.task_id, p.digest FROM p WHERE p.inline IS NULL AND NOT EXISTS (
                SELECT FROM blob b WHERE b.collaboration_id = p.collaboration_id AND b.digest = p.digest AND b.size = p.size)),
        created AS (
            INSERT INTO task (id, collaboration_id, owner_organization, asked_by_user, asked_by_node, study_id, job_id, type,
                algorithm, function, not_before, not_after, manifest, manifest_digest, parent_manifest, parent_id, open_runs)
            SELECT id, collaboration_id, owner_organization, asked_by_user, asked_by_node, study_id, job_id, type, algorithm,
                function, not_before, not_after, manifest, manifest_digest, parent_manifest, parent_id, open_runs
            FROM t WHERE NOT EXISTS (SELECT FROM absent a WHERE a.task_id = t.id)
            ON CONFLICT (id) DO NOTHING
            RETURNING id, collaboration_id, owner_organization),
        runs AS (
            INSERT INTO run (id, task_id, collaboration_id, owner_organization, asker_organization, node_id, turn_of,
                lost_node, not_before, not_after)
            SELECT r.* FROM r JOIN created c ON c.id = r.task_id),
        inputs AS (
            INSERT INTO run_payload (run_id, kind, node_id, collaboration_id, owner_organization, digest, size, inline)
            SELECT p.run_id, 0, p.node_id, p.collaboration_id, p.owner_organization, p.digest, p.size, p.inline
            FROM p JOIN created c ON c.id = p.task_id),
        stand_ins AS (
            INSERT INTO run_stand_in (node_id, run_id, collaboration_id, owner_organization)
            SELECT p.node_id, p.run_id, p.collaboration_id, p.owner_organization
            FROM p JOIN created c ON c.id = p.task_id WHERE p.stands_in),
        told AS (
            INSERT INTO task_event (collaboration_id, owner_organization, task_id)
            SELECT collaboration_id, owner_organization, id FROM created),
        noted AS (
            INSERT INTO audit_entry (actor, action, subject, collaboration_id, organization_id)
            SELECT t.actor, 'task.submit', t.subject, t.collaboration_id, t.owner_organization FROM t JOIN created c ON c.id = t.id)
        SELECT id, NULL::bytea, now() FROM created UNION ALL SELECT task_id, digest, now() FROM absent
        """;

    private const string Presence = "SELECT n.id, n.mode, n.mode_since, n.lease_until FROM node n WHERE n.id = ANY ($1)";

    private sealed record Input(NewTask Task, ManifestTarget Target, NodeId Node, PayloadRef Ref, bool StandsIn);

    public static async Task<IReadOnlyList<CreateOutcome>> RunAsync(
        DatabaseSession session, Database database, IReadOnlyList<NewTask> tasks, CancellationToken cancellationToken)
    {
        var collaborations = tasks.Select(task => task.Manifest.Collaboration).Distinct().ToList();
        var nodes = tasks.SelectMany(task => task.Manifest.Targets).Select(target => target.Node.Value).Distinct();
        var (rows, presences) = session.Execute(TenantScope.Of(collaborations),
            [InsertCommand(tasks), Sql.Command(Presence, Sql.Uuids(nodes))],
            reader => (
                reader.Rows(row => (Task: TaskId.From(row.GetGuid(0)),
                    Absent: row.IsDBNull(1) ? (Digest?)null : row.Digest(1), Now: row.Time(2))),
                reader.NextRows(
                    row => KeyValuePair.Create(NodeId.From(row.GetGuid(0)), FindStatement.Presence(row, 1))).ToDictionary()));
        var created = rows.Where(row => row.Absent is null).ToDictionary(row => row.Task, row => row.Now);
        var absent = rows.Where(row => row.Absent is not null).ToLookup(row => row.Task, row => row.Absent!.Value);
        var there = await ThereAsync(database, tasks.Where(task => !created.ContainsKey(task.Manifest.Task)), collaborations, cancellationToken);
        return [.. tasks.Select(CreateOutcome (task) => (Id: task.Manifest.Task, Stored: there.GetValueOrDefault(task.Manifest.Task)) switch
        {
            (var id, _) when created.TryGetValue(id, out var now) => new CreateOutcome.Created(FreshTask.Of(task, now, presences)),
            // A repeated request may come when its inputs are long gone: what is stored is stored.
            (_, { } stored) when stored.Key == task.Key && stored.ManifestDigest == task.ManifestDigest => new CreateOutcome.Exists(stored),
            (var id, null) when absent.Contains(id) => new CreateOutcome.InputsMissing([.. absent[id]]),
            _ => new CreateOutcome.Conflict(),
        })];
    }

    private static async Task<Dictionary<TaskId, TaskSnapshot>> ThereAsync(Database database, IEnumerable<NewTask> tasks,
        IReadOnlyCollection<CollaborationId> collaborations, CancellationToken cancellationToken)
    {
        var ids = tasks.Select(task => task.Manifest.Task).ToList();
        return ids.Count == 0
            ? []
            : (await FindStatement.RunAsync(database, ids, collaborations, cancellationToken)).ToDictionary(task => task.Key.Task);
    }

    private static NpgsqlBatchCommand InsertCommand(IReadOnlyList<NewTask> tasks)
    {
        var runs = tasks.SelectMany(task => task.Manifest.Targets.Select(target => (Task: task, Target: target))).ToList();
        var inputs = runs.SelectMany(run => Inputs(run.Task, run.Target)).ToList();
        return Sql.Command(Insert, TaskColumns(tasks).Concat(RunColumns(runs)).Concat(InputColumns(inputs)));
    }

    private static IEnumerable<Input> Inputs(NewTask task, ManifestTarget target) =>
        target.Alternates.Select(alternate => new Input(task, target, alternate.Node, alternate.Input, StandsIn: true))
            .Prepend(new Input(task, target, target.Node, target.Input, StandsIn: false));

    private static IEnumerable<NpgsqlParameter> TaskColumns(IReadOnlyList<NewTask> tasks) => new Columns<NewTask>(tasks)
        .Uuid(task => task.Manifest.Task.Value)
        .Uuid(task => task.Manifest.Collaboration.Value)
        .Uuid(task => task.Asker.Organization.Value)
        .Uuid(task => task.Asker.User?.Value)
        .Uuid(task => task.Asker.Node?.Value)
        .Uuid(task => task.Manifest.Study?.Value)
        .Uuid(task => task.Manifest.Job.Value)
        .Small(task => (int)task.Manifest.Type)
        .Text(task => task.Manifest.Algorithm.Text)
        .Text(task => task.Manifest.Function)
        .Time(task => task.Manifest.NotBefore)
        .Time(task => task.Manifest.NotAfter)
        .Text(task => task.Jws)
        .Digest(task => task.ManifestDigest)
        .Text(task => task.ParentJws)
        .Uuid(task => task.Manifest.Parent?.Task.Value)
        .Int(task => task.Manifest.Targets.Count)
        .Text(task => task.Asker.Actor)
        .Text(task => task.Manifest.Task.ToString())
        .Parameters;

    private static IEnumerable<NpgsqlParameter> RunColumns(IReadOnlyList<(NewTask Task, ManifestTarget Target)> runs) =>
        new Columns<(NewTask Task, ManifestTarget Target)>(runs)
        .Uuid(run => run.Target.Run.Value)
        .Uuid(run => run.Task.Manifest.Task.Value)
        .Uuid(run => run.Task.Manifest.Collaboration.Value)
        .Uuid(run => run.Target.Organization.Value)
        .Uuid(run => run.Task.Asker.Organization.Value)
        .Uuid(run => run.Target.Node.Value)
        .Uuid(run => run.Task.Asker.Turn)
        .Small(run => (int)run.Task.Manifest.LostNode)
        .Time(run => run.Task.Manifest.NotBefore)
        .Time(run => run.Task.Manifest.NotAfter)
        .Parameters;

    private static IEnumerable<NpgsqlParameter> InputColumns(IReadOnlyList<Input> inputs) => new Columns<Input>(inputs)
        .Uuid(input => input.Task.Manifest.Task.Value)
        .Uuid(input => input.Target.Run.Value)
        .Uuid(input => input.Task.Manifest.Collaboration.Value)
        .Uuid(input => input.Target.Organization.Value)
        .Uuid(input => input.Node.Value)
        .Digest(input => input.Ref.Digest)
        .Long(input => input.Ref.Size)
        .Bytes(input => input.Task.InlineInputs.GetValueOrDefault(input.Ref.Digest))
        .Bool(input => input.StandsIn)
        .Parameters;
}
