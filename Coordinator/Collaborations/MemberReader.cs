using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Collaborations;

/// <summary>
/// Members with their nodes and certificates, for partners to seal to and check against their own pins. One query, whose
/// clock is the database's, since leases are.
/// </summary>
internal static class MemberReader
{
    private const string Sql = """
        SELECT m.collaboration_id, o.id, o.name, o.root, n.id, n.name, coalesce(n.lease_until > now(), false),
               n.signing_certificate, n.encryption_certificate, n.former_encryption_certificate
        FROM collaboration_member m
            JOIN organization o ON o.id = m.organization_id
            LEFT JOIN node n ON n.organization_id = o.id AND n.revoked_at IS NULL
        WHERE m.collaboration_id = ANY ($1)
        ORDER BY m.collaboration_id, o.id, n.id
        """;

    public static async Task<ILookup<Guid, Member>> ReadAsync(UnitOfWork unit, Guid[] collaborations, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { Value = collaborations });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(Guid Collaboration, Member Member, MemberNode? Node)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var member = new Member(new OrganizationId(reader.GetGuid(1)), reader.GetString(2), Bytes(reader, 3), []);
            var node = reader.IsDBNull(4) ? null
                : new MemberNode(new NodeId(reader.GetGuid(4)), reader.GetString(5), reader.GetBoolean(6), Bytes(reader, 7), Bytes(reader, 8),
                    Bytes(reader, 9));
            rows.Add((reader.GetGuid(0), member, node));
        }

        return rows.GroupBy(row => (row.Collaboration, row.Member.Organization)).ToLookup(
            group => group.Key.Collaboration,
            group => group.First().Member with { Nodes = [.. group.Select(row => row.Node).OfType<MemberNode>()] });
    }

    private static byte[]? Bytes(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
}
