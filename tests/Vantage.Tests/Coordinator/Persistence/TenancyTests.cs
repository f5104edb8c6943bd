using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Persistence;

/// <summary>
/// Row-level security holds by itself, whatever the queries above it forget. Tables are read from the catalogue, so a
/// new one can't be left out.
/// </summary>
public sealed class TenancyTests(FreshDatabase fresh) : IClassFixture<FreshDatabase>
{
    /// <summary>Tables that belong to nobody's tenancy, each with its reason.</summary>
    private static readonly Dictionary<string, string> NotTenants = new()
    {
        ["schema_migration"] = "which migrations ran; no login but the owner's may read it",
        ["coordinator_secret"] = "keys of the Coordinator itself",
        ["used_challenge"] = "random numbers of sign-ins, to be used once",
        ["sign_in_attempt"] = "how often a name or an address failed lately, by a hash of it; of names that nobody has as well",
        ["blob_store"] = "which folder or bucket the blobs lie in; only the leader reads it",
        ["task_event_horizon"] = "one position in the stream of events; says nothing about anybody",
        ["audit_hash"] = "hashes of salted audit entries; they say nothing about anybody",
        ["audit_head"] = "signatures over these hashes",
        ["audit_tip"] = "which audit trail this is, and hashes of its end",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryTenantTable_HasRowLevelSecurityForced_AndBelongsToNeitherLogin()
    {
        var tables = await TablesAsync();

        Assert.NotEmpty(tables);
        Assert.All(tables, table =>
        {
            Assert.True(table.Enabled, $"{table.Name}: ENABLE ROW LEVEL SECURITY is missing");
            Assert.True(table.Forced, $"{table.Name}: FORCE ROW LEVEL SECURITY is missing");
            Assert.False(table.Owner is DatabaseLogins.ApplicationRole or DatabaseLogins.LeaderRole, $"{table.Name} belongs to {table.Owner}");
        });
    }

    [Fact]
    public async Task NoLogin_GetsPastRowLevelSecurity()
    {
        await using var command = fresh.Superuser.CreateCommand(
            "SELECT count(*) FROM pg_roles WHERE rolname IN ('vantage_app', 'vantage_leader') AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)");

        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task WithoutAScope_NoRowOfAnyTenantIsVisible()
    {
        await ArrangeATenantAsync();

        foreach (var table in await TablesAsync())
        {
            await using var command = fresh.Database.Unscoped.CreateCommand($"SELECT count(*) FROM {table.Name}");
            Assert.Equal(0L, await command.ExecuteScalarAsync(Cancel));
        }
    }

    [Fact]
    public async Task WithAForeignScope_NoRowOfAnyTenantIsVisible()
    {
        await ArrangeATenantAsync();
        var foreign = TenantScope.Of(OrganizationId.New(TimeProvider.System)).And(TenantScope.Of(CollaborationId.New(TimeProvider.System)));

        foreach (var table in await TablesAsync())
        {
            var count = await fresh.Database.ExecuteAsync(foreign, [new NpgsqlBatchCommand($"SELECT count(*) FROM {table.Name}")],
                async (reader, ct) => await reader.ReadAsync(ct) ? reader.GetInt64(0) : -1, Cancel);
            Assert.Equal(0L, count);
        }
    }

    [Fact]
    public async Task AScope_EndsWithItsTransaction()
    {
        var organization = await ArrangeATenantAsync();
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(fresh.Logins.Application) { MaxPoolSize = 1 }.ConnectionString);
        var database = new Database(source, fresh.Database.Leader);

        var inside = await database.ExecuteAsync(TenantScope.Of(organization), [new NpgsqlBatchCommand("SELECT count(*) FROM organization")],
            async (reader, ct) => await reader.ReadAsync(ct) ? reader.GetInt64(0) : -1, Cancel);
        await using var after = source.CreateCommand("SELECT count(*) FROM organization");

        Assert.Equal(1L, inside);
        Assert.Equal(0L, await after.ExecuteScalarAsync(Cancel));
    }

    private async Task<OrganizationId> ArrangeATenantAsync()
    {
        var organization = OrganizationId.New(TimeProvider.System);
        await using var insert = fresh.Superuser.CreateCommand("INSERT INTO organization (id, name) VALUES ($1, $2)");
        insert.Parameters.Add(new() { Value = organization.Value });
        insert.Parameters.Add(new() { Value = organization.ToString() });
        await insert.ExecuteNonQueryAsync(Cancel);
        return organization;
    }

    private async Task<List<(string Name, string Owner, bool Enabled, bool Forced)>> TablesAsync()
    {
        await using var command = fresh.Superuser.CreateCommand(
            """
            SELECT c.relname, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND c.relkind IN ('r', 'p', 'v', 'm')
            """);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var tables = new List<(string, string, bool, bool)>();
        while (await reader.ReadAsync(Cancel))
        {
            if (!NotTenants.ContainsKey(reader.GetString(0)))
                tables.Add((reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3)));
        }

        return tables;
    }
}
