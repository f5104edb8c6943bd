using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Tests.Coordinator.Persistence;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Vantage.Tests.Coordinator.Persistence;

/// <summary>
/// One embedded PostgreSQL for the whole assembly, started when the first test asks. Each test class that wants a
/// database takes <see cref="FreshDatabase"/> as its class fixture.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private const string Prefix = "vantage-tests-";
    private const string Template = "vantage_template";
    private const string OwnerPassword = "owner-of-the-test-databases";
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly string data = Path.Combine(Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}");
    private EmbeddedPostgres? server;
    private IDisposable? dataLock;
    private int databases;

    /// <summary>Patient, as every login that is made of it: where all tests run at once, a connection or a database may take its time.</summary>
    internal string SuperuserConnectionString =>
        new NpgsqlConnectionStringBuilder(server!.SuperuserConnectionString) { Timeout = 120, CommandTimeout = 300 }.ConnectionString;

    /// <summary>A migrated database of its own, and the logins to it.</summary>
    internal async Task<DatabaseLogins> CreateDatabaseAsync()
    {
        await StartAsync();
        var name = $"t{Interlocked.Increment(ref databases)}";
        // CREATE DATABASE needs the template to itself.
        await gate.WaitAsync();
        try
        {
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {Template} OWNER tests_owner");
        }
        finally
        {
            gate.Release();
        }

        return Logins(name);
    }

    /// <summary>A database without schema, for tests of the migrator.</summary>
    internal async Task<DatabaseLogins> CreateEmptyDatabaseAsync()
    {
        await StartAsync();
        var name = $"e{Interlocked.Increment(ref databases)}";
        await ExecuteAsync($"CREATE DATABASE {name} OWNER tests_owner");
        return Logins(name);
    }

    internal Task DropDatabaseAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await server.StopAsync(CancellationToken.None);
            dataLock!.Dispose();
            Directory.Delete(data, recursive: true);
        }

        gate.Dispose();
    }

    private async Task StartAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (server is not null)
                return;
            await SweepAsync();
            var settings = new PersistenceSettings(data) { Embedded = new EmbeddedPostgresSettings(MaxConnections: 500) };
            dataLock = settings.TakeData();
            var starting = new EmbeddedPostgres(data, settings.Embedded, NullLogger<EmbeddedPostgres>.Instance);
            await starting.StartAsync(CancellationToken.None);
            server = starting;
            await ExecuteAsync($"CREATE ROLE tests_owner LOGIN CREATEROLE PASSWORD '{OwnerPassword}'");
            await ExecuteAsync($"CREATE DATABASE {Template} OWNER tests_owner");
            await new Migrator(Logins(Template)).RunAsync(CancellationToken.None);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Stops and removes what test runs that were killed have left.</summary>
    private static async Task SweepAsync()
    {
        foreach (var left in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                using (DataDirectoryLock.Take(left))
                {
                    var orphan = new EmbeddedPostgres(left, new EmbeddedPostgresSettings(), NullLogger<EmbeddedPostgres>.Instance);
                    await orphan.StartAsync(CancellationToken.None);
                    await orphan.StopAsync(CancellationToken.None);
                }

                Directory.Delete(left, recursive: true);
            }
            catch (Exception e) when (e is Vantage.Coordinator.Hosting.StartRefusedException or IOException or UnauthorizedAccessException)
            {
                // A test run that is still going, or somebody else's.
            }
        }
    }

    private DatabaseLogins Logins(string database) => new(new NpgsqlConnectionStringBuilder(SuperuserConnectionString)
    {
        Database = database, Username = "tests_owner", Password = OwnerPassword, MaxPoolSize = 20,
    }.ConnectionString);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(SuperuserConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
