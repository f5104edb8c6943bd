using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Vantage.Benchmarks.Processes;

namespace Vantage.Benchmarks.Partners;

/// <summary>
/// Thousands of nodes with sessions, a hundred to an organization and five organizations to a collaboration. Written into
/// the disposable database directly: inviting, enrolling and certifying each takes milliseconds that nobody wants to know.
/// </summary>
internal static class Crowd
{
    private const int NodesOfOne = 100;
    private const int MembersOfOne = 5;

    /// <summary>The nodes' session tokens.</summary>
    public static async Task<IReadOnlyList<string>> SettleAsync(RunningCoordinator coordinator, int nodes)
    {
        var tokens = Enumerable.Range(0, nodes).Select(_ => (Id: Guid.CreateVersion7(), Node: Guid.CreateVersion7())).ToList();
        var texts = tokens.Select(token => Token(token.Id)).ToList();
        await using var source = NpgsqlDataSource.Create(coordinator.Superuser);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("SELECT set_config('search_path', 'vantage', false)"));
        batch.BatchCommands.Add(Command("""
            WITH o AS (
                INSERT INTO organization (id, name) SELECT uuidv7(), 'Crowd ' || n FROM generate_series(0, ($1 - 1) / $2) n
                RETURNING id, substr(name, 7)::int AS n),
            c AS (
                INSERT INTO collaboration (id, name) SELECT uuidv7(), 'Crowd ' || n FROM generate_series(0, ($1 - 1) / $2 / $3) n
                RETURNING id, substr(name, 7)::int AS n),
            m AS (
                INSERT INTO collaboration_member (collaboration_id, organization_id) SELECT c.id, o.id FROM o JOIN c ON c.n = o.n / $3),
            i AS (SELECT i.*, (ordinality - 1)::int AS n FROM unnest($4, $5, $6) WITH ORDINALITY AS i(node, session, hash)),
            d AS (
                INSERT INTO node (id, organization_id, name) SELECT i.node, o.id, 'node ' || i.n FROM i JOIN o ON o.n = i.n / $2)
            INSERT INTO node_session (id, node_id, organization_id, hash, expires_at)
            SELECT i.session, i.node, o.id, i.hash, now() + interval '1 day' FROM i JOIN o ON o.n = i.n / $2
            """,
            nodes, NodesOfOne, MembersOfOne, tokens.Select(token => token.Node).ToArray(), tokens.Select(token => token.Id).ToArray(),
            texts.Select(text => SHA256.HashData(Encoding.ASCII.GetBytes(text))).ToArray()));
        await batch.ExecuteNonQueryAsync();
        return texts;
    }

    /// <summary>As the Coordinator makes them: prefix, id, 32 random bytes, checksum.</summary>
    private static string Token(Guid id)
    {
        var body = $"vns_{id:N}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        return $"{body}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..6]}";
    }

    private static NpgsqlBatchCommand Command(string text, int nodes, int ofOne, int members, Guid[] ids, Guid[] sessions, byte[][] hashes) => new(text)
    {
        Parameters =
        {
            new() { Value = nodes }, new() { Value = ofOne }, new() { Value = members }, new() { Value = ids }, new() { Value = sessions },
            new() { Value = hashes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
        },
    };
}
