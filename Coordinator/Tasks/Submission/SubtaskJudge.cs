using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Tasks.Submission;

/// <summary>
/// Whether a node may ask this in a person's name: it holds the run of a stored task that delegates to its key, and what
/// it asks lies within. Each target judges the same again for itself; here mistakes are told early, and nobody's node
/// becomes a way to fill other nodes' queues.
/// </summary>
internal sealed class SubtaskJudge(Database database)
{
    private const string Find =
        """
        SELECT p.manifest, p.manifest_digest, p.owner_organization, p.asked_by_user,
            EXISTS (SELECT FROM run r WHERE r.task_id = p.id AND r.holder = $3 AND r.live AND NOT r.queued),
            (SELECT count(*)::int FROM task s WHERE s.parent_id = p.id AND s.id <> $4)
        FROM task p WHERE p.id = $1 AND p.collaboration_id = $2 AND p.parent_id IS NULL
        """;

    private sealed record Parent(string Jws, Digest Digest, OrganizationId Organization, UserId? User, bool Held, int Subtasks);

    /// <summary>In whose name the subtask is stored.</summary>
    /// <param name="subtask">Signed by the caller, which was verified; names a parent.</param>
    /// <param name="signer">The key that signed it.</param>
    /// <param name="caller">The node.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Answer<Asker>> JudgeAsync(
        TaskManifest subtask, KeyId signer, NodeCaller caller, CancellationToken cancellationToken)
    {
        var named = subtask.Parent!;
        if (await FindAsync(subtask, named, caller.Node, cancellationToken) is not { User: { } user } parent || parent.Digest != named.Manifest)
        {
            return new Refusal(ErrorCodes.DelegationMissing, $"parent: there is no task {named.Task} with this manifest here.");
        }

        if (!parent.Held)
        {
            return new Refusal(ErrorCodes.DelegationMissing,
                $"parent: {caller.Node} holds no unfinished run of {named.Task}; its subtasks end with it.");
        }

        var asked = SignedDocument.ReadUnverified(parent.Jws, SignedJson.Default.TaskManifest);
        var beyond = DelegationRules.Check(asked, parent.Digest, subtask, signer, parent.Subtasks);
        if (beyond.Count > 0)
        {
            return new Refusal(ErrorCodes.DelegationExceeded, $"The subtask goes beyond its delegation. {string.Join(' ', beyond)}");
        }

        return DelegationRules.IsForDelegateAlone(caller.Organization, caller.Node, subtask)
            ? new Asker(parent.Organization, user, caller.Node)
            : new Refusal(ErrorCodes.DelegationExceeded, "recipients: a subtask's only recipient is the node that signs it.");
    }

    private async Task<Parent?> FindAsync(TaskManifest subtask, ManifestParent named, NodeId node, CancellationToken cancellationToken) =>
        (await database.ExecuteAsync(TenantScope.Of(subtask.Collaboration),
            [Sql.Command(Find, Sql.Uuid(named.Task.Value), Sql.Uuid(subtask.Collaboration.Value), Sql.Uuid(node.Value), Sql.Uuid(subtask.Task.Value))],
            (reader, ct) => reader.RowsAsync(row => new Parent(row.GetString(0), row.Digest(1), OrganizationId.From(row.GetGuid(2)),
                row.Maybe<Guid>(3) is { } user ? UserId.From(user) : null, row.GetBoolean(4), row.GetInt32(5)), ct),
            cancellationToken)).SingleOrDefault();
}
