using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;

namespace Vantage.Coordinator.Persistence;

/// <summary>Keys of the Coordinator itself, each made at its first use: the same for all replicas, and after a restart.</summary>
internal sealed class CoordinatorSecrets(Database database, RandomNumberGenerator random)
{
    private readonly ConcurrentDictionary<string, byte[]> known = new(StringComparer.Ordinal);

    /// <param name="name">What it is for. What is made with the key of one purpose is good for no other.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async ValueTask<byte[]> GetAsync(string name, CancellationToken cancellationToken) =>
        known.TryGetValue(name, out var key) ? key : known.GetOrAdd(name, await ReadOrMakeAsync(name, cancellationToken));

    private Task<byte[]> ReadOrMakeAsync(string name, CancellationToken cancellationToken)
    {
        var fresh = new byte[32];
        random.GetBytes(fresh);
        return database.ExecuteAsync(
            TenantScope.Nothing,
            [
                new NpgsqlBatchCommand("INSERT INTO coordinator_secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
                {
                    Parameters = { new() { Value = name }, new() { Value = fresh } },
                },
                new NpgsqlBatchCommand("SELECT value FROM coordinator_secret WHERE name = $1") { Parameters = { new() { Value = name } } },
            ],
            async (reader, ct) => await reader.ReadAsync(ct) ? reader.GetFieldValue<byte[]>(0) : throw new InvalidOperationException("No key."),
            cancellationToken);
    }
}
