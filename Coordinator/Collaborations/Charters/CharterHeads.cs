using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Collaborations.Charters;

/// <summary>
/// Where each charter stands. Every node asks with every inventory and the answer hardly ever changes, so it is remembered
/// for a few seconds, also that there is none.
/// </summary>
internal sealed class CharterHeads(Database database, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private const int MostRemembered = 20_000;

    private const string Sql = """
        SELECT DISTINCT ON (collaboration_id) collaboration_id, charter_id, serial, digest FROM charter
        WHERE collaboration_id = ANY ($1) AND in_force_at IS NOT NULL
        ORDER BY collaboration_id, in_force_at DESC, serial DESC
        """;

    private readonly ConcurrentDictionary<CollaborationId, (CharterHead? Head, DateTimeOffset Until)> remembered = new();

    /// <param name="collaborations">Of which the asker is a member.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async ValueTask<IReadOnlyList<CharterHead>> OfAsync(
        IReadOnlySet<CollaborationId> collaborations, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var missing = collaborations.Where(id => !remembered.TryGetValue(id, out var known) || known.Until <= now).ToList();
        if (missing.Count > 0)
        {
            await LookUpAsync(missing, now, cancellationToken);
        }

        return [.. collaborations.Select(id => remembered.TryGetValue(id, out var known) ? known.Head : null).OfType<CharterHead>()];
    }

    public void Forget() => remembered.Clear();

    private async Task LookUpAsync(List<CollaborationId> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await database.ExecuteAsync(TenantScope.Of(ids),
            [
                new NpgsqlBatchCommand(Sql)
                {
                    Parameters =
                    {
                        new() { Value = ids.Select(id => id.Value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
                    },
                },
            ],
            static async (reader, ct) =>
            {
                var heads = new Dictionary<CollaborationId, CharterHead>();
                while (await reader.ReadAsync(ct))
                {
                    var id = new CollaborationId(reader.GetGuid(0));
                    heads[id] = new CharterHead(id, new CharterId(reader.GetGuid(1)), reader.GetInt64(2),
                        Digest.FromHash(reader.GetFieldValue<byte[]>(3)));
                }

                return heads;
            },
            cancellationToken);
        if (remembered.Count >= MostRemembered)
            remembered.Clear();
        foreach (var id in ids)
        {
            remembered[id] = (found.GetValueOrDefault(id), now + Remembered);
        }
    }
}
