using Npgsql;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// Brings the schema up to this program: roles, then every migration that is missing, each in its own transaction, all
/// under one advisory lock, so that replicas that start together take turns.
/// </summary>
internal sealed class Migrator(DatabaseLogins logins)
{
    /// <summary>Any constant; unique among our advisory locks.</summary>
    private const long Lock = 0x56414e5441474501;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(logins.Owner);
        await using var connection = await OpenAsync(source, cancellationToken);
        await ServerCheck.RequireFitAsync(connection, logins.Place, cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            await DatabaseRoles.EnsureAsync(connection, logins, cancellationToken);
            await ApplyAsync(connection, cancellationToken);
        }
        finally
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>What is still to do, or why it must not be done.</summary>
    internal static IReadOnlyList<Migration> Plan(IReadOnlyList<Migration> known, IReadOnlyDictionary<int, string> applied)
    {
        var unknown = applied.Keys.Except(known.Select(migration => migration.Number)).Order().ToList();
        if (unknown.Count > 0)
        {
            throw new StartRefusedException(
                $"database: its schema has migration {unknown[0]}, which this program does not know. The database belongs to a "
                + "newer version: start that one, or restore the backup made before the upgrade.", ExitCodes.Configuration);
        }

        var changed = known.FirstOrDefault(
            migration => applied.TryGetValue(migration.Number, out var checksum) && checksum != migration.Checksum);
        return changed is null
            ? [.. known.Where(migration => !applied.ContainsKey(migration.Number))]
            : throw new StartRefusedException(
                $"database: migration {changed.Name} was applied with another text than this program has. The schema may differ "
                + "from what this program expects; start the program that made the database.", ExitCodes.Configuration);
    }

    private async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StartRefusedException(
                $"database: can't sign in to {logins.Place}: {e.Message}. Check host, name, user and password in the "
                + "connection string, and that the server accepts connections from this machine.", ExitCodes.Unreachable, e);
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection,
            $"""
            SET client_min_messages = warning;
            CREATE SCHEMA IF NOT EXISTS {DatabaseLogins.Schema};
            CREATE TABLE IF NOT EXISTS schema_migration (
                number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
            """, cancellationToken);
        foreach (var migration in Plan(Migration.Embedded, await AppliedAsync(connection, cancellationToken)))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, migration.Sql, cancellationToken);
            await using var row = new NpgsqlCommand(
                "INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)", connection, transaction)
            {
                Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum } },
            };
            await row.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT number, checksum FROM schema_migration", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
