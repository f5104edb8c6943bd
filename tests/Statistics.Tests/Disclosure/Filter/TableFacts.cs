using System.Runtime.CompilerServices;
using Vantage.Algorithms.Tables;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>What a node knows of a table before anything runs, found once for each.</summary>
internal sealed record TableFacts(long Rows, IReadOnlyList<string> Columns)
{
    private static readonly ConditionalWeakTable<ITable, TableFacts> Found = [];

    public static async Task<TableFacts> OfAsync(ITable table, CancellationToken cancellationToken)
    {
        if (Found.TryGetValue(table, out var found))
            return found;
        var schema = await table.ReadSchemaAsync(cancellationToken);
        var rows = 0L;
        await foreach (var batch in table.ReadAsync([schema[0]], cancellationToken))
            rows += batch.Rows;
        var facts = new TableFacts(rows, [.. schema.Select(c => c.Name)]);
        Found.AddOrUpdate(table, facts);
        return facts;
    }
}
