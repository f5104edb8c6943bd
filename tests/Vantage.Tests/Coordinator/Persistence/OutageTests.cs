using Microsoft.EntityFrameworkCore;
using Npgsql;
using Vantage.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Persistence;

/// <summary>Who is told to try again, and who that something broke.</summary>
public sealed class OutageTests(FreshDatabase fresh) : IClassFixture<FreshDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connection_EndedByTheServerMidway_IsAnOutageHoweverItIsUsed(bool byEfCore)
    {
        await using var work = await fresh.Database.BeginAsync(TenantScope.Nothing, Cancel);
        await using var mine = work.CreateCommand("SELECT pg_backend_pid()");
        await using var end = fresh.Superuser.CreateCommand("SELECT pg_terminate_backend($1, 10000)");
        end.Parameters.Add(new() { Value = (int)(await mine.ExecuteScalarAsync(Cancel))! });
        Assert.True((bool)(await end.ExecuteScalarAsync(Cancel))!);

        var e = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            if (byEfCore)
                await work.Context.Organizations.CountAsync(Cancel);
            else
                await work.NowAsync(Cancel);
        });

        Assert.True(e.IsOutage(), e.ToString());
    }

    [Fact]
    public async Task WrongStatement_IsNoOutage()
    {
        await using var command = fresh.Superuser.CreateCommand("SELECT 1 / 0");

        var e = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync(Cancel));

        Assert.False(e.IsOutage());
    }
}
