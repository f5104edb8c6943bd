using Npgsql;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Audit.Sealing;

/// <summary>Where the sealed trail ends: as much of its tree as its growth needs, and the last entry in it.</summary>
internal sealed record TrailTip(AuditChainId Chain, Frontier Tree, string Xid, long Entry)
{
    private const string Sql = """
        SELECT t.chain, t.size, t.frontier, coalesce(e.xid::text, '0'), coalesce(e.id, 0)
        FROM audit_tip t LEFT JOIN audit_seal s ON s.sequence = t.size LEFT JOIN audit_entry e ON e.id = s.entry_id
        """;

    public static async Task<TrailTip> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var hashes = reader.GetFieldValue<byte[]>(2).Chunk(Digest.Size).Select(hash => Digest.FromHash(hash)).ToList();
        return new TrailTip(new AuditChainId(reader.GetGuid(0)), Frontier.Of(reader.GetInt64(1), hashes), reader.GetString(3), reader.GetInt64(4));
    }
}
