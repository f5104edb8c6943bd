using System.Runtime.CompilerServices;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;

namespace Vantage.Statistics.Products;

/// <summary>The rows of some columns of numbers in which none of them is missing, one by one.</summary>
internal sealed class NumberRows(ITable table, IReadOnlyList<string> columns)
{
    /// <summary>Rows with a missing value, so far.</summary>
    public long LeftOut { get; private set; }

    /// <returns>A row's memory is used again for the next.</returns>
    public async IAsyncEnumerable<double[]> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var row = new double[columns.Count];
        await foreach (var batch in table.ReadAsync(
            [.. columns.Select(c => new ColumnSchema(c, ColumnType.Number))], cancellationToken))
        {
            for (var r = 0; r < batch.Rows; r++)
            {
                var isComplete = true;
                for (var c = 0; c < row.Length; c++)
                {
                    row[c] = batch.Numbers(c).Values.Span[r];
                    isComplete &= !double.IsNaN(row[c]);
                }

                if (isComplete)
                    yield return row;
                else
                    LeftOut++;
            }
        }
    }
}

/// <summary>The law of an argument that names columns of numbers.</summary>
internal static class NumberColumns
{
    private const int Most = 200;

    public static void ThrowIfNone(IReadOnlyList<string> columns)
    {
        if (columns.Count is 0 or > Most || columns.Any(string.IsNullOrEmpty))
            throw new ArgumentsInvalidException("columns", $"name one to {Most} columns.");
        if (columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new ArgumentsInvalidException("columns", $"'{twice.Key}' is named twice.");
    }
}
