using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Collaborations.Charters;

/// <summary>The versions of charters as rows. Whoever calls has set the scope.</summary>
internal static class CharterShelf
{
    /// <summary>The charter that came into force last, and the proposals for what comes after it.</summary>
    private const string Select = """
        WITH line AS (SELECT charter_id FROM charter WHERE collaboration_id = $1 AND in_force_at IS NOT NULL
                ORDER BY in_force_at DESC, serial DESC LIMIT 1),
            head AS (SELECT coalesce(max(serial), 0) AS serial FROM charter
                WHERE collaboration_id = $1 AND in_force_at IS NOT NULL AND charter_id = (SELECT charter_id FROM line)),
            chosen AS (
                (SELECT digest, serial, true AS holds, created_at FROM charter
                    WHERE collaboration_id = $1 AND in_force_at IS NOT NULL AND charter_id = (SELECT charter_id FROM line) AND serial > $2
                    ORDER BY serial LIMIT $3)
                UNION ALL
                (SELECT digest, serial, false, created_at FROM charter
                    WHERE collaboration_id = $1 AND in_force_at IS NULL AND (serial = 1 OR serial > (SELECT serial FROM head))
                    ORDER BY created_at LIMIT $4))
        SELECT c.holds, c.digest, r.text, coalesce((SELECT array_agg(s.jws ORDER BY s.organization_id, s.created_at) FROM charter_consent s
                WHERE s.collaboration_id = $1 AND s.digest = c.digest), '{}')
        FROM chosen c JOIN charter r ON r.collaboration_id = $1 AND r.digest = c.digest
        ORDER BY c.holds DESC, c.serial, c.created_at, c.digest
        """;

    public const int MostProposals = 20;

    public static async Task<(List<SignedCharter> Versions, List<SignedCharter> Proposals)> ReadAsync(
        UnitOfWork unit, CollaborationId collaboration, long after, int versions, CancellationToken cancellationToken)
    {
        var read = (Versions: new List<SignedCharter>(), Proposals: new List<SignedCharter>());
        await using var command = unit.CreateCommand(Select);
        Add(command, collaboration.Value, after, versions, MostProposals);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            (reader.GetBoolean(0) ? read.Versions : read.Proposals).Add(
                new SignedCharter(reader.GetString(2), reader.GetFieldValue<string[]>(3)));
        }

        return read;
    }

    public static async Task<bool> HasAsync(UnitOfWork unit, CollaborationId collaboration, Digest digest, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand("SELECT 1 FROM charter WHERE collaboration_id = $1 AND digest = $2");
        Add(command, collaboration.Value, digest.ToBytes());
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    public static async Task AddAsync(UnitOfWork unit, CharterText text, OrganizationId proposer, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand("""
            INSERT INTO charter (collaboration_id, digest, charter_id, serial, text, proposed_by) VALUES ($1, $2, $3, $4, $5, $6)
            """);
        var said = text.Content;
        Add(command, said.Collaboration.Value, text.Digest.ToBytes(), said.Id.Value, said.Serial, text.Text, proposer.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var joining = unit.CreateCommand("""
            INSERT INTO charter_joining (collaboration_id, digest, organization_id)
            SELECT $1, $2, o FROM unnest($3) o WHERE o NOT IN (SELECT organization_id FROM collaboration_member WHERE collaboration_id = $1)
            """);
        Add(joining, said.Collaboration.Value, text.Digest.ToBytes(), said.Members.Select(m => m.Organization.Value).ToArray());
        await joining.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task AddAsync(
        UnitOfWork unit, CollaborationId collaboration, Digest digest, CharterSigner signer, string jws, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand("""
            INSERT INTO charter_consent (collaboration_id, digest, organization_id, root, jws) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING
            """);
        Add(command, collaboration.Value, digest.ToBytes(), signer.Organization.Value, signer.Root.ToBytes(), jws);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<string[]> ConsentsAsync(UnitOfWork unit, CharterText text, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand("""
            SELECT coalesce(array_agg(jws ORDER BY organization_id, created_at), '{}') FROM charter_consent
            WHERE collaboration_id = $1 AND digest = $2
            """);
        Add(command, text.Content.Collaboration.Value, text.Digest.ToBytes());
        return (string[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>From now on it holds, and its members are the collaboration's. Returns their nodes.</summary>
    public static async Task<List<NodeId>> PutInForceAsync(UnitOfWork unit, CharterText text, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand("""
            WITH held AS (UPDATE charter SET in_force_at = now() WHERE collaboration_id = $1 AND digest = $2),
                joined AS (INSERT INTO collaboration_member (collaboration_id, organization_id)
                    SELECT $1, o FROM unnest($3) o ON CONFLICT DO NOTHING)
            SELECT 1
            """);
        var members = text.Content.Members.Select(m => m.Organization.Value).ToArray();
        Add(command, text.Content.Collaboration.Value, text.Digest.ToBytes(), members);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await using var nodes = unit.CreateCommand("""
            SELECT n.id FROM node n JOIN collaboration_member m ON m.organization_id = n.organization_id
            WHERE m.collaboration_id = $1 AND n.revoked_at IS NULL
            """);
        Add(nodes, text.Content.Collaboration.Value);
        await using var reader = await nodes.ExecuteReaderAsync(cancellationToken);
        var found = new List<NodeId>();
        while (await reader.ReadAsync(cancellationToken))
            found.Add(new NodeId(reader.GetGuid(0)));
        return found;
    }

    /// <summary>The organization is no member any more, of the collaboration or of its studies.</summary>
    public static async Task LeaveAsync(
        UnitOfWork unit, CollaborationId collaboration, OrganizationId organization, CancellationToken cancellationToken)
    {
        foreach (var table in new[] { "study_organization", "algorithm_rule", "collaboration_member" })
        {
            await using var command = unit.CreateCommand($"DELETE FROM {table} WHERE collaboration_id = $1 AND organization_id = $2");
            Add(command, collaboration.Value, organization.Value);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>One at a time: two consents that complete two successors at once must not both put one in force.</summary>
    public static async Task LockAsync(UnitOfWork unit, CollaborationId collaboration, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))");
        Add(command, $"charter {collaboration}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(value is Guid[]
                ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }
                : new NpgsqlParameter { Value = value });
        }
    }
}
