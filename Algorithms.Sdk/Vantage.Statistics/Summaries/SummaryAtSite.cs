using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Summaries;

/// <summary>The partial: one pass over the columns, a few numbers in memory for each.</summary>
internal static class SummaryAtSite
{
    public static async Task<SummaryPartial> ComputeAsync(
        SummaryArguments arguments, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var schema = arguments.Columns is { } named
            ? [.. named.Select(name => new ColumnSchema(name, ColumnType.Number))]
            : await table.ReadSchemaAsync(cancellationToken);
        IReadOnlyList<ColumnSchema> numbers = [.. schema.Where(c => c.Type == ColumnType.Number)];
        IReadOnlyList<ColumnSchema> texts = [.. schema.Where(c => c.Type != ColumnType.Number)];

        var rows = 0L;
        var columns = new ColumnSums[numbers.Count];
        var present = new long[texts.Count];
        await foreach (var batch in table.ReadAsync([.. numbers, .. texts], cancellationToken))
        {
            rows += batch.Rows;
            for (var i = 0; i < columns.Length; i++)
                columns[i].Add(batch.Numbers(i), rules);
            for (var i = 0; i < present.Length; i++)
                present[i] += Present(batch.Texts(numbers.Count + i).Codes.Span);
        }

        if (rows == 0)
            throw new DataInvalidException($"'{table.Label}' has no rows, so there is nothing to summarise.");
        var held = numbers.Select((c, i) => (c.Name, Rule: columns[i].Against(rules), Values: ColumnSums.Told))
            .Concat(texts.Select((c, i) => (c.Name, Rule: rules.MaySpeakOf(present[i]) ? null : SuppressionRules.MinimumCell, Values: 2)))
            .Where(c => c.Rule is not null).ToList();
        var isBlurred = !rules.IsOff && (columns.Any(c => c.Missing > 0) || present.Any(p => p < rows) || !rules.MaySpeakOf(rows));
        return new(
            isBlurred ? rows - (rows % rules.Blur(rules.MinimumCell)) : rows,
            [.. numbers.Select((c, i) => (c.Name, Sums: columns[i])).Where(c => !IsHeld(c.Name)).Select(c => c.Sums.Tell(table.Label, c.Name, rules))],
            [.. texts.Select(c => new LeftOutColumn(c.Name, Reason(c, rules)))])
        {
            IsBlurred = isBlurred,
            IsRangeBlurred = !rules.IsOff,
            Texts = [.. texts.Select((c, i) => new TextPresence(c.Name, present[i], rules.Blur(rows - present[i]))).Where(c => !IsHeld(c.Name))],
            Suppressed = held.Count > 0 ? [.. held.Select(h => new Suppressed(h.Rule!, h.Values, h.Name))] : null,
        };

        bool IsHeld(string name) => held.Exists(h => h.Name == name);
    }

    private static long Present(ReadOnlySpan<int> codes)
    {
        var present = 0L;
        foreach (var code in codes)
            present += code >= 0 ? 1 : 0;
        return present;
    }

    private static string Reason(ColumnSchema column, DisclosureRules rules) =>
        rules.IsOff && column.Found is { IsDoubtful: true } found ? $"{LeftOutColumn.HoldsText} ({found.Words})" : LeftOutColumn.HoldsText;
}
