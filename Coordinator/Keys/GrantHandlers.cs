using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Coordinator.Keys;

/// <summary>
/// Keeps grants for those whom they are given, and nobody else sees them. Whether a grant opens anything is between the two
/// people; here it has to be signed by the caller, and to be about a payload of a task that the caller may see.
/// </summary>
internal sealed class GrantHandlers(Database database, TimeProvider time)
{
    private const string Columns =
        "id, collaboration_id, task_id, run_id, kind, granter, grantee, recipient_key, created_at, statement";

    private const string Find = $"SELECT {Columns} FROM payload_grant WHERE id = $1 AND (granter = $2 OR grantee = $2)";

    private const string List =
        $"SELECT {Columns} FROM payload_grant WHERE (granter = $1 OR grantee = $1) AND ($2::uuid IS NULL OR run_id = $2) AND id > $3 ORDER BY id LIMIT $4";

    private const string Seen =
        """
        SELECT t.owner_organization, ARRAY(SELECT DISTINCT o.owner_organization FROM run o WHERE o.task_id = t.id),
            EXISTS (SELECT FROM run_payload p WHERE p.run_id = r.id AND p.kind = $2 AND p.digest = $3 AND p.removed_at IS NULL),
            organization_in($4, r.collaboration_id), (SELECT o.root FROM organization o WHERE o.id = $6),
            t.asked_by_user, t.asked_by_node
        FROM run r JOIN task t ON t.id = r.task_id WHERE r.id = $1 AND r.task_id = $5
        """;

    private const string Insert =
        """
        INSERT INTO payload_grant (id, collaboration_id, task_id, run_id, kind, granter, granter_organization, grantee,
            grantee_organization, recipient_key, statement)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING
        """;

    private sealed record Place(OrganizationId Asker, IReadOnlyList<OrganizationId> Targets, bool HasPayload, Guid? GranteeOrganization, byte[]? Root,
        UserId? User, NodeId? Node);

    public async Task<Answer<Page<GrantView>>> ListAsync(UserCaller caller, RunId? run, PageRequest page, CancellationToken cancellationToken) =>
        page.Of(await database.ExecuteAsync(caller.Reach,
            [Sql.Command(List, Sql.Uuid(caller.User.Value), Sql.Maybe(NpgsqlDbType.Uuid, run?.Value), Sql.Uuid(page.After), Sql.Int(page.Fetch))],
            (reader, ct) => reader.RowsAsync(Show, ct), cancellationToken), grant => grant, grant => grant.Id.ToString());

    /// <summary>The same grant again is answered again, so that a lost answer costs nothing.</summary>
    public async Task<Answer<GrantView>> GiveAsync(UserCaller caller, GrantId id, GiveGrant ask, CancellationToken cancellationToken)
    {
        if (Read(ask.Statement) is not { } grant || caller.Organization is not { } own)
            return new Refusal(ErrorCodes.SignatureInvalid, "statement: not a grant that a person of an organization signed.");
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await PlaceAsync(unit, grant, ask.Grantee, own, cancellationToken) is not { } place)
            return Refusal.NotFound(grant.Run);
        if (!TaskVisibility.Of(caller).Shows(place.Asker, place.Targets, place.User, place.Node))
            return Refusal.NotFound(grant.Run);
        if (!place.HasPayload)
            return new Refusal(ErrorCodes.PayloadMissing, $"{grant.Run} has no {grant.Kind} with the digest {grant.Payload} (any more).");
        if (place.GranteeOrganization is not { } theirs)
            return Refusal.NotFound(ask.Grantee);
        if (Verify(ask.Statement, caller, place.Root) is { } untrusted)
            return untrusted;
        await InsertAsync(unit, caller, own, id, ask, grant, theirs, cancellationToken);
        if (await FindAsync(unit, caller, id, cancellationToken) is not { } stored || stored.Statement != ask.Statement)
            return new Refusal(ErrorCodes.Conflict, $"This key has a grant of the {grant.Kind} of {grant.Run} already.");
        await unit.RecordAsync(caller, "grant.give", id, cancellationToken, grant.Collaboration, own);
        await unit.CommitAsync(cancellationToken);
        return stored;
    }

    /// <summary>By who gave it, or whom it was given.</summary>
    public async Task<Answer<Done>> TakeBackAsync(UserCaller caller, GrantId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await FindAsync(unit, caller, id, cancellationToken) is not { } grant)
            return Refusal.NotFound(id);
        await using (var delete = unit.CreateCommand("DELETE FROM payload_grant WHERE id = $1"))
        {
            delete.Parameters.Add(Sql.Uuid(id.Value));
            await delete.ExecuteNonQueryAsync(cancellationToken);
        }

        await unit.RecordAsync(caller, "grant.take-back", id, cancellationToken, grant.Collaboration, caller.Organization);
        await unit.CommitAsync(cancellationToken);
        return default(Done);
    }

    private static GrantStatement? Read(string statement)
    {
        try
        {
            return SignedDocument.ReadUnverified(statement, SignedJson.Default.GrantStatement);
        }
        catch (TrustException)
        {
            return null;
        }
    }

    private Refusal? Verify(string statement, UserCaller caller, byte[]? root)
    {
        if (root is null)
            return new Refusal(ErrorCodes.RootMissing, $"{caller.Organization} has not published its root yet.");
        try
        {
            var signed = Grant.Verify(statement, new PinnedRoots([PinnedRoot.Of(Certificate.Parse(root))]), time.GetUtcNow());
            return signed.Signer.Principal == new Principal.User(caller.User)
                ? null
                : new Refusal(ErrorCodes.SignatureInvalid, $"The grant is signed by {signed.Signer.Identity}, and you are {caller.User}.");
        }
        catch (TrustException e)
        {
            return new Refusal(ErrorCodes.SignatureInvalid, e.Message);
        }
    }

    private static async Task<Place?> PlaceAsync(UnitOfWork unit, GrantStatement grant, UserId grantee, OrganizationId own,
        CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand(Seen);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Uuid(grant.Run.Value), Sql.Small((int)grant.Kind), Sql.Bytes(grant.Payload.ToBytes()),
            Sql.Uuid(grantee.Value), Sql.Uuid(grant.Task.Value), Sql.Uuid(own.Value)]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new Place(OrganizationId.From(row.GetGuid(0)), [.. row.GetFieldValue<Guid[]>(1).Select(OrganizationId.From)],
                row.GetBoolean(2), row.Maybe<Guid>(3), row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
                row.Maybe<Guid>(5) is { } user ? UserId.From(user) : null, row.Maybe<Guid>(6) is { } node ? NodeId.From(node) : null)
            : null;
    }

    private static async Task InsertAsync(UnitOfWork unit, UserCaller caller, OrganizationId own, GrantId id, GiveGrant ask,
        GrantStatement grant, Guid theirs, CancellationToken cancellationToken)
    {
        await using var insert = unit.CreateCommand(Insert);
        insert.Parameters.AddRange((NpgsqlParameter[])[Sql.Uuid(id.Value), Sql.Uuid(grant.Collaboration.Value), Sql.Uuid(grant.Task.Value),
            Sql.Uuid(grant.Run.Value), Sql.Small((int)grant.Kind), Sql.Uuid(caller.User.Value), Sql.Uuid(own.Value),
            Sql.Uuid(ask.Grantee.Value), Sql.Uuid(theirs), Sql.Bytes(grant.Recipient.ToBytes()), Sql.Text(ask.Statement)]);
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<GrantView?> FindAsync(UnitOfWork unit, UserCaller caller, GrantId id, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand(Find);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Uuid(id.Value), Sql.Uuid(caller.User.Value)]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? Show(row) : null;
    }

    private static GrantView Show(NpgsqlDataReader row) => new(new GrantId(row.GetGuid(0)), new CollaborationId(row.GetGuid(1)),
        TaskId.From(row.GetGuid(2)), RunId.From(row.GetGuid(3)), (PayloadKind)row.GetInt16(4), new UserId(row.GetGuid(5)),
        new UserId(row.GetGuid(6)), KeyId.FromBytes(row.GetFieldValue<byte[]>(7)), row.GetFieldValue<DateTimeOffset>(8), row.GetString(9));
}
