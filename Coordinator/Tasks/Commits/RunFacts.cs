using System.Collections.Concurrent;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.Coordinator.Tasks.Commits;

/// <summary>What never changes about a run, and a receipt has to fit.</summary>
internal sealed record RunFacts(TaskKey Task, ReceiptExpectation Expected);

/// <summary>Remembers the facts of runs from their claim to their commit, and looks up what another life or replica handed out.</summary>
internal sealed class RunFactsReader(Database database)
{
    private const int MostRemembered = 20_000;

    private const string Find =
        """
        SELECT t.id, t.collaboration_id, t.manifest_digest, t.algorithm, r.owner_organization,
            ARRAY(SELECT p.node_id FROM run_payload p WHERE p.run_id = r.id AND p.kind = 0)
        FROM run r JOIN task t ON t.id = r.task_id
        WHERE r.id = $1 AND r.collaboration_id = ANY ($2) AND r.owner_organization = $3
        """;

    private readonly ConcurrentDictionary<RunId, RunFacts> remembered = new();

    /// <summary>Null if there is no such run of the node's organization in its collaborations.</summary>
    public async ValueTask<RunFacts?> FindAsync(RunId id, WorkingNode node, CancellationToken cancellationToken)
    {
        if (remembered.TryGetValue(id, out var known))
        {
            return known.Expected.Organization == node.Organization && node.Collaborations.Contains(known.Task.Collaboration) ? known : null;
        }

        var found = await database.ExecuteAsync(NodeScope.Of([node]),
            [Sql.Command(Find, Sql.Uuid(id.Value), Sql.Uuids(node.Collaborations.Select(c => c.Value)), Sql.Uuid(node.Organization.Value))],
            (reader, ct) => reader.RowsAsync(row =>
            {
                var task = new TaskKey(TaskId.From(row.GetGuid(0)), CollaborationId.From(row.GetGuid(1)));
                return new RunFacts(task, new ReceiptExpectation(row.Digest(2), task.Collaboration, task.Task, id,
                    OrganizationId.From(row.GetGuid(4)), [.. row.GetFieldValue<Guid[]>(5).Select(NodeId.From)],
                    AlgorithmRef.Parse(row.GetString(3))));
            }, ct), cancellationToken);
        if (found is not [var facts])
        {
            return null;
        }

        return Remember(id, facts);
    }

    public void Remember(OwnedRun run) => Remember(run.Run, new RunFacts(new TaskKey(run.Task, run.Collaboration), run.Expected));

    public void Forget(RunId id) => remembered.TryRemove(id, out _);

    private RunFacts Remember(RunId id, RunFacts facts)
    {
        if (remembered.Count >= MostRemembered)
        {
            remembered.Clear();
        }

        return remembered[id] = facts;
    }
}
