using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Vantage.Coordinator.Persistence;

namespace Vantage.Tests.Coordinator.Persistence;

/// <summary>EF Core makes nothing in the database: what it believes of the tables is what the migrations made.</summary>
public sealed class ModelDriftTests(FreshDatabase fresh) : IClassFixture<FreshDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryMappedColumn_IsThere_WithItsTypeAndWhetherItMayBeNull()
    {
        var made = await ColumnsAsync();
        await using var work = await fresh.Database.BeginAsync(TenantScope.Nothing, Cancel);

        var mapped = work.Context.Model.GetRelationalModel().Tables
            .SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name} {Told(column)}")).ToList();

        Assert.True(mapped.Count > 40);
        Assert.Empty(mapped.Except(made));
    }

    [Fact]
    public async Task EveryKeyOfTheModel_IsUniqueInTheDatabase()
    {
        await using var work = await fresh.Database.BeginAsync(TenantScope.Nothing, Cancel);

        foreach (var table in work.Context.Model.GetRelationalModel().Tables)
        {
            await using var command = fresh.Superuser.CreateCommand(
                """
                SELECT count(*) FROM pg_index i
                WHERE i.indrelid = $1::regclass AND i.indisunique AND i.indpred IS NULL
                  AND (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a
                       WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)) <@ $2
                """);
            command.Parameters.Add(new() { Value = table.Name });
            command.Parameters.Add(new() { Value = table.PrimaryKey!.Columns.Select(c => c.Name).Order().ToArray() });
            Assert.True((long)(await command.ExecuteScalarAsync(Cancel))! > 0, $"{table.Name} is not unique by its model's key");
        }
    }

    private static string Told(IColumn column) => $"{column.StoreType} {(column.IsNullable ? "null" : "not null")}";

    private async Task<HashSet<string>> ColumnsAsync()
    {
        await using var command = fresh.Superuser.CreateCommand(
            """
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || CASE WHEN a.attnotnull THEN ' not null' ELSE ' null' END
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
            """);
        command.Parameters.Add(new() { Value = DatabaseLogins.Schema });
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var columns = new HashSet<string>();
        while (await reader.ReadAsync(Cancel))
            columns.Add(reader.GetString(0));
        return columns;
    }
}
