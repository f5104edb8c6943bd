using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Nodes;

/// <summary>What a sign-in is checked against, looked up before there is a caller.</summary>
internal sealed record KnownNode(OrganizationId Organization, string Name, bool Revoked, byte[]? SigningCertificate,
    byte[]? EncryptionCertificate, byte[]? Root, byte[]? FormerSigningCertificate)
{
    public static async Task<KnownNode?> FindAsync(Database database, NodeId id, CancellationToken cancellationToken)
    {
        await using var command = database.Unscoped.CreateCommand("SELECT * FROM find_node($1)");
        command.Parameters.Add(new NpgsqlParameter { Value = id.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        byte[]? Bytes(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
        return await reader.ReadAsync(cancellationToken)
            ? new KnownNode(new OrganizationId(reader.GetGuid(0)), reader.GetString(1), reader.GetBoolean(2), Bytes(3), Bytes(4), Bytes(5), Bytes(6))
            : null;
    }
}
