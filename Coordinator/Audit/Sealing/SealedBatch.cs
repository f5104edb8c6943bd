using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using Vantage.Protocol.Audits;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;

namespace Vantage.Coordinator.Audit.Sealing;

/// <summary>What a step of the sealer adds to the trail.</summary>
internal sealed class SealedBatch(TrailTip tip, RandomNumberGenerator random)
{
    /// <summary>Every eighth level of full subtrees is kept: what lies between is quickly made again, and this costs next to nothing.</summary>
    public const int LevelsApart = 8;

    private readonly List<(long Id, AuditRecord Entry)> sealings = [];
    private readonly List<Subtree> hashes = [];

    /// <summary>The place of the next entry.</summary>
    public long Next => tip.Tree.Size + 1;

    public void Add(long id, AuditRecord unsalted)
    {
        var salt = new byte[AuditRecord.SaltSize];
        random.GetBytes(salt);
        var entry = unsalted with { Sequence = Next, Salt = salt };
        tip.Tree.Append(entry.Hash(), full =>
        {
            if (full.Place.Level % LevelsApart == 0)
                hashes.Add(full);
        });
        sealings.Add((id, entry));
    }

    public async Task StoreAsync(NpgsqlConnection connection, SigningKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var head = AuditHead.Sign(tip.Chain, tip.Tree.Size, tip.Tree.Root, now, key);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command("""
                    INSERT INTO audit_seal (sequence, entry_id, collaboration_id, organization_id, salt)
                    SELECT * FROM unnest($1, $2, $3, $4, $5)
                    """,
                    Column(NpgsqlDbType.Bigint, sealings.Select(sealing => sealing.Entry.Sequence)),
                    Column(NpgsqlDbType.Bigint, sealings.Select(sealing => sealing.Id)),
                    Column(NpgsqlDbType.Uuid, sealings.Select(sealing => sealing.Entry.Collaboration?.Value)),
                    Column(NpgsqlDbType.Uuid, sealings.Select(sealing => sealing.Entry.Organization?.Value)),
                    Column(NpgsqlDbType.Bytea, sealings.Select(sealing => sealing.Entry.Salt))),
                Command("INSERT INTO audit_hash (level, index, hash) SELECT * FROM unnest($1, $2, $3)",
                    Column(NpgsqlDbType.Smallint, hashes.Select(full => (short)full.Place.Level)),
                    Column(NpgsqlDbType.Bigint, hashes.Select(full => full.Place.Index)),
                    Column(NpgsqlDbType.Bytea, hashes.Select(full => full.Hash.ToBytes()))),
                Command("INSERT INTO audit_head (size, root, at, key, signature) VALUES ($1, $2, $3, $4, $5)",
                    Value(head.Size), Value(head.Root.ToBytes()), Value(head.At), Value(head.Key.ToString()), Value(head.Signature)),
                Command("UPDATE audit_tip SET size = $1, frontier = $2",
                    Value(tip.Tree.Size), Value(tip.Tree.Hashes.SelectMany(hash => hash.ToBytes()).ToArray())),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter<T[]> Column<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };
}
