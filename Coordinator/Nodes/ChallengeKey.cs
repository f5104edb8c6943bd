using System.Security.Cryptography;
using Npgsql;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Nodes;

/// <summary>The key that marks challenges as ours: made once, shared by replicas, good across restarts.</summary>
internal sealed class ChallengeKey(Database database, RandomNumberGenerator random)
{
    private const string Name = "node-challenge";
    private byte[]? known;

    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (known is { } key)
            return key;
        var fresh = new byte[32];
        random.GetBytes(fresh);
        known = await database.ExecuteAsync(
            TenantScope.Nothing,
            [
                new NpgsqlBatchCommand("INSERT INTO coordinator_secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
                {
                    Parameters = { new() { Value = Name }, new() { Value = fresh } },
                },
                new NpgsqlBatchCommand("SELECT value FROM coordinator_secret WHERE name = $1") { Parameters = { new() { Value = Name } } },
            ],
            async (reader, ct) => await reader.ReadAsync(ct) ? reader.GetFieldValue<byte[]>(0) : throw new InvalidOperationException("No key."),
            cancellationToken);
        return known;
    }
}
