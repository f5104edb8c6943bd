using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Summaries;

/// <summary>The partial: one pass over the columns, a few numbers in memory for each.</summary>
internal static class SummaryAtSite
{
    public static async Task<SummaryPartial> ComputeAsync(
        SummaryArguments arguments, ITable table, CancellationToken cancellationToken)
    {
        var leftOut = new List<LeftOutColumn>();
        var columns = arguments.Columns is { } named
            ? [.. named.Select(name => new ColumnSchema(name, ColumnType.Number))]
            : await ChooseAsync(table, leftOut, cancellationToken);

        var rows = 0L;
        var moments = new Moments[columns.Count];
        var missing = new long[columns.Count];
        await foreach (var batch in table.ReadAsync(columns, cancellationToken))
        {
            rows += batch.Rows;
            for (var i = 0; i < columns.Count; i++)
            {
                var column = batch.Numbers(i);
                missing[i] += column.Missing;
                moments[i] += Moments.Of(column.Values.Span);
            }
        }

        if (rows == 0)
            throw new DataInvalidException($"'{table.Label}' has no rows, so there is nothing to summarise.");
        return new(rows, [.. columns.Select((c, i) => Told(table.Label, c.Name, moments[i], missing[i]))], leftOut);
    }

    private static async Task<IReadOnlyList<ColumnSchema>> ChooseAsync(
        ITable table, List<LeftOutColumn> leftOut, CancellationToken cancellationToken)
    {
        var schema = await table.ReadSchemaAsync(cancellationToken);
        leftOut.AddRange(
            schema.Where(c => c.Type != ColumnType.Number).Select(c => new LeftOutColumn(c.Name,
                c.Found is { IsDoubtful: true } found ? $"holds text ({found.Words})" : "holds text")));
        return [.. schema.Where(c => c.Type == ColumnType.Number)];
    }

    private static ColumnMoments Told(string table, string name, Moments moments, long missing)
    {
        if (moments.Count == 0)
            return new(name, 0, missing, null, null, null);
        return moments.IsFinite
            ? new(name, moments.Count, missing, moments.Mean.High, moments.Mean.Low, moments.M2.ToDouble())
            : throw new DataInvalidException(
                $"Column '{name}' of '{table}': its values are too large for a sum of squares in double precision.");
    }
}
