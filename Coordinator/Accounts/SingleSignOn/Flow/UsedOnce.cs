using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>Remembers what may be used once, until it would have ended anyway; replicas share it.</summary>
internal sealed class UsedOnce(Database database)
{
    /// <summary>False if it was used before.</summary>
    public async Task<bool> TakeAsync(byte[] nonce, DateTimeOffset endsAt, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(TenantScope.Nothing,
        [
            new NpgsqlBatchCommand("INSERT INTO used_challenge (nonce, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            {
                Parameters = { new() { Value = nonce }, new() { Value = endsAt, NpgsqlDbType = NpgsqlDbType.TimestampTz } },
            },
        ], cancellationToken) == 1;
}
