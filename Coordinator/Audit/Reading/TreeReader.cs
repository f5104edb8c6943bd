using Npgsql;
using Vantage.Coordinator.Audit.Sealing;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Audit.Reading;

/// <summary>Reads the trail's tree and its signed heads. They belong to nobody: hashes of salted entries tell nothing about them.</summary>
internal sealed class TreeReader(Database database)
{
    private const string Newest = "SELECT t.chain, h.size, h.root, h.at, h.key, h.signature FROM audit_head h, audit_tip t ORDER BY h.size DESC LIMIT 1";

    /// <summary>At most so many, spread over all there are, and the last.</summary>
    private const string Spread = """
        SELECT t.chain, h.size, h.root, h.at, h.key, h.signature FROM audit_tip t,
            (SELECT *, row_number() OVER (ORDER BY size DESC) - 1 AS back, count(*) OVER () AS heads FROM audit_head) h
        WHERE h.back % greatest(1, (h.heads + $1 - 1) / $1) = 0 ORDER BY h.size
        """;

    private const string Hashes = "SELECT hash FROM audit_hash WHERE level = $1 AND index >= $2 AND index < $2 + $3 ORDER BY index";

    /// <summary>None before the first entry is sealed.</summary>
    public async Task<AuditHead?> NewestAsync(CancellationToken cancellationToken) =>
        await HeadsAsync(new NpgsqlBatchCommand(Newest), cancellationToken) is [var newest, ..] ? newest : null;

    public Task<IReadOnlyList<AuditHead>> SpreadAsync(int atMost, CancellationToken cancellationToken) =>
        HeadsAsync(new NpgsqlBatchCommand(Spread) { Parameters = { new NpgsqlParameter<long> { TypedValue = atMost } } }, cancellationToken);

    /// <summary>The hashes of full subtrees, in the order asked for. Null for what isn't full.</summary>
    public async Task<IReadOnlyList<Digest>?> SubtreesAsync(IReadOnlyList<SubtreePlace> places, CancellationToken cancellationToken)
    {
        if (places.Count == 0)
            return [];
        var read = await database.ExecuteAsync(TenantScope.Nothing, places.Select(Command), async (reader, ct) =>
        {
            var all = new List<IReadOnlyList<Digest>>();
            do
            {
                var below = new List<Digest>();
                while (await reader.ReadAsync(ct))
                    below.Add(Digest.FromHash(reader.GetFieldValue<byte[]>(0)));
                all.Add(below);
            }
            while (all.Count < places.Count && await reader.NextResultAsync(ct));
            return all;
        }, cancellationToken);
        return places.Zip(read).All(pair => pair.Second.Count == Below(pair.First)) ? [.. places.Zip(read, Hash)] : null;
    }

    private static long Below(SubtreePlace place) => 1L << (place.Level % SealedBatch.LevelsApart);

    private static NpgsqlBatchCommand Command(SubtreePlace place) => new(Hashes)
    {
        Parameters =
        {
            new NpgsqlParameter<short> { TypedValue = (short)(place.Level - (place.Level % SealedBatch.LevelsApart)) },
            new NpgsqlParameter<long> { TypedValue = place.Index * Below(place) },
            new NpgsqlParameter<long> { TypedValue = Below(place) },
        },
    };

    private static Digest Hash(SubtreePlace place, IReadOnlyList<Digest> below)
    {
        var tree = new Frontier();
        foreach (var hash in below)
            tree.Append(hash);
        return tree.Root;
    }

    private Task<IReadOnlyList<AuditHead>> HeadsAsync(NpgsqlBatchCommand command, CancellationToken cancellationToken) =>
        database.ExecuteAsync<IReadOnlyList<AuditHead>>(TenantScope.Nothing, [command], static async (row, ct) =>
        {
            var heads = new List<AuditHead>();
            while (await row.ReadAsync(ct))
            {
                heads.Add(new AuditHead(new AuditChainId(row.GetGuid(0)), row.GetInt64(1), Digest.FromHash(row.GetFieldValue<byte[]>(2)),
                    row.GetFieldValue<DateTimeOffset>(3), KeyId.Parse(row.GetString(4)), row.GetString(5)));
            }

            return heads;
        }, cancellationToken);
}
