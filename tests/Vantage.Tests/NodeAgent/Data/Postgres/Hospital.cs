using Npgsql;
using Vantage.NodeAgent.Data.Databases;
using Vantage.NodeAgent.Data.Postgres;
using Vantage.Protocol.Cryptography;
using Vantage.Tests.Coordinator.Persistence;

namespace Vantage.Tests.NodeAgent.Data.Postgres;

/// <summary>Class fixture: a database of a site's own, with a role that only reads and one that does more.</summary>
public sealed class Hospital(PostgresFixture server) : IAsyncLifetime
{
    private const string Reading = "reading-is-all-it-may";

    /// <summary>A query that gives thousands of rows, and then sleeps.</summary>
    internal const string HalfEndless = "SELECT id, CASE WHEN id > 9000 THEN pg_sleep(60)::text END AS slept FROM generate_series(1, 10000) id";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-hospital-");
    private NpgsqlConnectionStringBuilder owner = null!;

    public async ValueTask InitializeAsync()
    {
        owner = new((await server.CreateEmptyDatabaseAsync()).Owner) { Pooling = false, SearchPath = "public" };
        KeyFile.Save(PasswordFile, Reading + "\n");
        await RunAsync($"CREATE ROLE {Reader} LOGIN PASSWORD '{Reading}'");
        await RunAsync($"CREATE ROLE {Writer} LOGIN PASSWORD '{Reading}'");
    }

    /// <summary>Roles are the whole server's, so they are named for the database.</summary>
    internal string Reader => $"{owner.Database}_reader";

    internal string Writer => $"{owner.Database}_writer";

    internal string PasswordFile => Path.Combine(folder.FullName, "password");

    /// <summary>As the database's owner, for tables that a law asks for without waiting.</summary>
    internal void Run(string sql)
    {
        using var connection = new NpgsqlConnection(owner.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>As the database's owner.</summary>
    internal async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(owner.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends what the reader does, as soon as it sleeps within a query.</summary>
    internal Task BreakOffAsync() => RunAsync($"""
        GRANT {Reader} TO CURRENT_USER;
        DO $$ BEGIN
            LOOP
                PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{Reader}' AND wait_event = 'PgSleep';
                EXIT WHEN FOUND;
                PERFORM pg_sleep(0.02);
                PERFORM pg_stat_clear_snapshot();
            END LOOP;
        END $$
        """);

    /// <summary>Drops a table as soon as the reader sleeps within a query on it.</summary>
    internal Task DropWhileReadAsync(string table) => RunAsync($"""
        DO $$ BEGIN
            LOOP
                EXIT WHEN EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.relation = '{table}'::regclass AND a.usename = '{Reader}');
                PERFORM pg_sleep(0.02);
                PERFORM pg_stat_clear_snapshot();
            END LOOP;
            DROP TABLE {table};
        END $$
        """);

    internal PostgresSettings Source(string? table = null, string? query = null) => new()
    {
        Id = "patients", Host = owner.Host!, Port = owner.Port, Database = owner.Database!, User = Reader,
        Password = new Secret(PasswordFile, null), Table = table, Query = query,
    };

    public async ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        await server.DropDatabaseAsync(owner.Database!);
    }
}
