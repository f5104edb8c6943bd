using Npgsql;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Persistence;

/// <summary>
/// The database from the first to the last moment of the process: taken and started before anything serves, stopped
/// after everything stopped.
/// </summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly EmbeddedPostgres? embedded;
    private readonly PostgresGuard? guard;
    private readonly IDisposable dataLock;

    private DatabaseServer(Database database, EmbeddedPostgres? embedded, PostgresGuard? guard, IDisposable dataLock) =>
        (Database, this.embedded, this.guard, this.dataLock) = (database, embedded, guard, dataLock);

    public Database Database { get; }

    public static async Task<DatabaseServer> StartAsync(PersistenceSettings settings, ILoggerFactory logs,
        CancellationToken cancellationToken)
    {
        var taken = settings.TakeData();
        EmbeddedPostgres? own = null;
        try
        {
            if (settings.Database is null)
            {
                own = new EmbeddedPostgres(settings.Data, settings.Embedded, logs.CreateLogger<EmbeddedPostgres>());
                await own.StartAsync(cancellationToken);
                Failpoint.Pass("database.started");
            }

            var logins = new DatabaseLogins(own?.OwnerConnectionString ?? settings.ReadDatabase());
            await new Migrator(logins).RunAsync(cancellationToken);
            Failpoint.Pass("database.migrated");
            return new DatabaseServer(Open(logins), own, own is null ? null : new PostgresGuard(own, logs.CreateLogger<PostgresGuard>()), taken);
        }
        catch (Exception e)
        {
            if (own is not null)
                await own.TryStopAsync();
            taken.Dispose();
            if (e is NpgsqlException)
                throw new StartRefusedException($"database: {e.Message}", ExitCodes.Unreachable, e);
            throw;
        }
    }

    internal static Database Open(DatabaseLogins logins) =>
        new(NpgsqlDataSource.Create(logins.Application), NpgsqlDataSource.Create(logins.Leader));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (guard is not null)
            await guard.DisposeAsync();
        if (embedded is not null)
            await embedded.StopAsync(CancellationToken.None);
        dataLock.Dispose();
    }
}
