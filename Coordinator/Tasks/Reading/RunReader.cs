using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Payloads;
using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Coordinator.Tasks.Reading;

/// <summary>
/// Gives out what proves a run and what is sealed in it: to people who may see its task, to the node that
/// asked it as a subtask, and its input to the node that it is sealed to.
/// </summary>
internal sealed class RunReader(Database database, IBlobStore blobs)
{
    private const string Seen =
        """
        SELECT t.owner_organization, ARRAY(SELECT DISTINCT o.owner_organization FROM run o WHERE o.task_id = t.id), t.asked_by_node, t.asked_by_user
        FROM run r JOIN task t ON t.id = r.task_id WHERE r.id = $1
        """;

    private const string Evidence =
        """
        SELECT t.manifest, a.receipt FROM run r JOIN task t ON t.id = r.task_id
        LEFT JOIN run_receipt a ON a.run_id = r.id AND a.accepted WHERE r.id = $1
        """;

    // The input of whoever holds the run, or is to; everything else comes from the holder alone.
    private const string Payload =
        """
        SELECT p.collaboration_id, p.digest, p.size, p.inline, p.removed_at IS NOT NULL
        FROM run r JOIN run_payload p ON p.run_id = r.id AND p.node_id = coalesce($3, r.holder, r.node_id)
        WHERE r.id = $1 AND p.kind = $2
        """;

    private static readonly Dictionary<string, PayloadKind> Kinds = Enum.GetValues<PayloadKind>().ToDictionary(kind => kind.ToExactName());

    private sealed record Row(CollaborationId Collaboration, Digest Digest, long Size, byte[]? Inline, bool Removed);

    public async Task<Answer<RunEvidence>> EvidenceAsync(RunId id, Caller caller, CancellationToken cancellationToken)
    {
        var (refusal, rows) = await ReadAsync(id, caller, Sql.Command(Evidence, Sql.Uuid(id.Value)),
            row => new RunEvidence(id, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)), cancellationToken);
        return refusal is not null ? refusal : rows.Single();
    }

    public async Task<IResult> PayloadAsync(RunId id, string kind, Caller caller, CancellationToken cancellationToken)
    {
        var found = await FindAsync(id, kind, caller, cancellationToken);
        if (found.Refusal is { } refusal)
        {
            return new RefusalResult(refusal);
        }

        var payload = found.Value!;
        var content = payload.Inline is { } bytes
            ? new MemoryStream(bytes, writable: false)
            : await blobs.OpenAsync(new BlobKey(payload.Collaboration, payload.Digest), cancellationToken);
        return content is null
            ? throw new InvalidOperationException($"The {kind} of {id} has a row and no bytes in the blob store.")
            : new PayloadDownload(content, payload.Digest);
    }

    private async Task<Answer<Row>> FindAsync(RunId id, string kind, Caller caller, CancellationToken cancellationToken)
    {
        if (!Kinds.TryGetValue(kind, out var parsed))
        {
            return Refusal.NotFound($"payload '{kind}' of a run");
        }

        NpgsqlBatchCommand Command(NodeId? node) => Sql.Command(Payload, Sql.Uuid(id.Value), Sql.Small((int)parsed),
            Sql.Maybe(NpgsqlTypes.NpgsqlDbType.Uuid, node?.Value));
        var (refusal, rows) = caller switch
        {
            NodeCaller node when parsed == PayloadKind.Input => (null, await ReadAsync(node, Command(node.Node), cancellationToken)),
            _ => await ReadAsync(id, caller, Command(null), Payloads, cancellationToken),
        };
        return refusal ?? (rows switch
        {
            [] => Refusal.NotFound($"{kind} of {id}"),
            [{ Removed: true } gone, ..] => new Refusal(ErrorCodes.PayloadExpired,
                $"The {kind} of {id} passed its retention and was removed. Its digest {gone.Digest} and the receipt stay."),
            [var there, ..] => (Answer<Row>)there,
        });
    }

    private Task<List<Row>> ReadAsync(NodeCaller node, NpgsqlBatchCommand command, CancellationToken cancellationToken) =>
        database.ExecuteAsync(node.Reach, [command], (reader, ct) => reader.RowsAsync(Payloads, ct), cancellationToken);

    /// <summary>Reads and judges in one round trip; nothing read is given out before the judgement.</summary>
    private async Task<(Refusal? Refusal, List<T> Rows)> ReadAsync<T>(RunId id, Caller caller, NpgsqlBatchCommand command,
        Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        var (seen, rows) = await database.ExecuteAsync(TenantScope.Of(caller.Collaborations),
            [Sql.Command(Seen, Sql.Uuid(id.Value)), command],
            async (reader, ct) => (
                await reader.RowsAsync(r => (Asker: OrganizationId.From(r.GetGuid(0)),
                    Targets: r.GetFieldValue<Guid[]>(1).Select(OrganizationId.From).ToList(),
                    Signer: r.Maybe<Guid>(2) is { } signer ? NodeId.From(signer) : (NodeId?)null,
                    User: r.Maybe<Guid>(3) is { } user ? UserId.From(user) : (UserId?)null), ct),
                await reader.NextRowsAsync(row, ct)),
            cancellationToken);
        return seen is [var task] && TaskVisibility.Of(caller).Shows(task.Asker, task.Targets, task.User, task.Signer)
            ? (null, rows)
            : (Refusal.NotFound(id), []);
    }

    private static Row Payloads(NpgsqlDataReader row) => new(CollaborationId.From(row.GetGuid(0)), row.Digest(1), row.GetInt64(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3), row.GetBoolean(4));
}
