using Npgsql;
using Vantage.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Persistence;

/// <summary>Class fixture: a migrated database that no other test class sees.</summary>
public sealed class FreshDatabase(PostgresFixture server) : IAsyncLifetime
{
    private DatabaseLogins? logins;

    internal Database Database { get; private set; } = null!;

    internal DatabaseLogins Logins => logins!;

    /// <summary>As the owner, or as PostgreSQL's superuser, whom row-level security does not bind: for arranging and looking.</summary>
    internal NpgsqlDataSource Superuser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        logins = await server.CreateDatabaseAsync();
        Database = DatabaseServer.Open(logins);
        Superuser = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.SuperuserConnectionString)
        {
            Database = new NpgsqlConnectionStringBuilder(logins.Owner).Database,
            SearchPath = DatabaseLogins.Schema,
            MaxPoolSize = 5,
        }.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Superuser.DisposeAsync();
    }
}
