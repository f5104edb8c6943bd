using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Persistence;

/// <summary>Nobody writes into another tenant, whatever the statements above row-level security forget.</summary>
public sealed class TenantWritesTests(FreshDatabase fresh) : IClassFixture<FreshDatabase>
{
    private readonly Guid mine = OrganizationId.New(TimeProvider.System).Value;
    private readonly Guid theirs = OrganizationId.New(TimeProvider.System).Value;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPolicyByWhichTheApplicationWrites_IsBoundToTheScope()
    {
        await using var command = fresh.Superuser.CreateCommand(
            """
            SELECT tablename || ': ' || policyname || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '')
            FROM pg_policies
            WHERE roles && ARRAY['vantage_app', 'public']::name[] AND cmd <> 'SELECT'
              AND coalesce(with_check, qual) !~ 'ANY \(.*scope_(collaborations|organizations)\(\)'
            """);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var unbound = new List<string>();
        while (await reader.ReadAsync(Cancel))
            unbound.Add(reader.GetString(0));

        Assert.Empty(unbound);
    }

    [Fact]
    public async Task ARowOfAnotherTenant_CanNotBeInserted()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => InsertAsync(theirs));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Equal(1, await InsertAsync(mine));
    }

    [Theory]
    [InlineData("UPDATE organization SET name = 'taken over' WHERE id = $1")]
    [InlineData("UPDATE organization SET name = 'taken over'")]
    public async Task ARowOfAnotherTenant_CanNotBeChanged(string statement)
    {
        await ArrangeAsync(theirs);

        var changed = await ChangeAsync(statement, statement.Contains('$', StringComparison.Ordinal) ? theirs : null);

        Assert.Equal(0, changed);
        await using var command = fresh.Superuser.CreateCommand("SELECT count(*) FROM organization WHERE name = 'taken over'");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task AnOwnRow_CanNotBeGivenAway()
    {
        await ArrangeAsync(mine);

        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => ChangeAsync("UPDATE organization SET id = $1", theirs));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private Task<int> InsertAsync(Guid id) => ChangeAsync("INSERT INTO organization (id, name) VALUES ($1, $1::text)", id);

    private Task<int> ChangeAsync(string statement, Guid? parameter)
    {
        var command = new NpgsqlBatchCommand(statement);
        if (parameter is { } value)
            command.Parameters.Add(new() { Value = value });
        return fresh.Database.ExecuteAsync(TenantScope.Of(new OrganizationId(mine)), [command],
            (reader, _) => Task.FromResult(Math.Max(reader.RecordsAffected, 0)), Cancel);
    }

    private async Task ArrangeAsync(Guid id)
    {
        await using var insert = fresh.Superuser.CreateCommand("INSERT INTO organization (id, name) VALUES ($1, $1::text)");
        insert.Parameters.Add(new() { Value = id });
        await insert.ExecuteNonQueryAsync(Cancel);
    }
}
