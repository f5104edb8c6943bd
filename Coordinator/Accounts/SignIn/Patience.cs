using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>What attempts are counted by.</summary>
internal sealed record Counted(string Of, Delay Delay)
{
    public byte[] Key { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Of));
}

/// <summary>
/// Counts failed attempts in the database, so that replicas count together. An attempt is counted as failed before it is
/// looked at, under a lock on its rows, and uncounted if it succeeds: a thousand at once are a thousand, one after another.
/// Names that nobody has are counted like others.
/// </summary>
internal sealed class Patience(Database database, TimeProvider time)
{
    /// <summary>False while any of them has to wait; then nothing is counted.</summary>
    public async Task<bool> TakeTurnAsync(CancellationToken cancellationToken, params IReadOnlyList<Counted> counted)
    {
        var now = time.GetUtcNow();
        await using var unit = await database.BeginAsync(TenantScope.Nothing, cancellationToken);
        var next = new List<(Counted Of, Attempts Attempts)>();
        // In one order everywhere, so that two attempts never wait for each other.
        foreach (var of in counted.OrderBy(one => Convert.ToHexString(one.Key), StringComparer.Ordinal))
        {
            if (of.Delay.Next(await LockAsync(unit, of, now, cancellationToken), now) is not { } attempts)
                return false;
            next.Add((of, attempts));
        }

        foreach (var (of, attempts) in next)
            await WriteAsync(unit, of, attempts, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>The attempt was none after all.</summary>
    public Task GiveBackAsync(CancellationToken cancellationToken, params IReadOnlyList<Counted> counted) => ExecuteAsync(
        "UPDATE sign_in_attempt SET failures = greatest(failures - 1, 0), free_at = $2 WHERE key = ANY ($1)", counted, cancellationToken);

    /// <summary>It succeeded: those before it are forgotten.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken, params IReadOnlyList<Counted> counted) => ExecuteAsync(
        "UPDATE sign_in_attempt SET failures = 0, free_at = $2 WHERE key = ANY ($1)", counted, cancellationToken);

    private Task<int> ExecuteAsync(string sql, IReadOnlyList<Counted> counted, CancellationToken cancellationToken) => database.ExecuteAsync(
        TenantScope.Nothing,
        [
            new NpgsqlBatchCommand(sql)
            {
                Parameters = { new() { Value = counted.Select(one => one.Key).ToArray() }, Time(time.GetUtcNow()) },
            },
        ],
        cancellationToken);

    private static async Task<Attempts> LockAsync(UnitOfWork unit, Counted of, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand(
            "INSERT INTO sign_in_attempt (key, failures, free_at, last_at) VALUES ($1, 0, $2, $2) "
            + "ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING failures, free_at, last_at");
        command.Parameters.Add(new() { Value = of.Key });
        command.Parameters.Add(Time(now));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new Attempts(row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2));
    }

    private static async Task WriteAsync(UnitOfWork unit, Counted of, Attempts attempts, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand("UPDATE sign_in_attempt SET failures = $2, free_at = $3, last_at = $4 WHERE key = $1");
        command.Parameters.Add(new() { Value = of.Key });
        command.Parameters.Add(new() { Value = attempts.Failures });
        command.Parameters.Add(Time(attempts.FreeAt));
        command.Parameters.Add(Time(attempts.LastAt));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Time(DateTimeOffset at) => new() { Value = at, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
