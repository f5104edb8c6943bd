using Vantage.Algorithms.Results;

namespace Vantage.Statistics.Summaries;

/// <summary>The summary of the rows of all sites, as if they lay in one table.</summary>
/// <param name="Sites">Whose rows these are.</param>
/// <param name="Rows">Rows of all sites together.</param>
/// <param name="Columns">In the order asked for, or that of the first site.</param>
/// <param name="LeftOut">When no columns were named: those that do not hold numbers at every site.</param>
public sealed record SummaryResult(
    IReadOnlyList<string> Sites, long Rows, IReadOnlyList<ColumnSummary> Columns, IReadOnlyList<LeftOutColumn> LeftOut)
    : ITabular
{
    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new("columns", ["column", "n", "missing", "mean", "standard deviation"],
            [.. Columns.Select(c => (object?[])[c.Name, c.Count, c.Missing, c.Mean, c.StandardDeviation])]),
        .. LeftOut.Count == 0 ? (IReadOnlyList<ResultTable>)[]
            : [new("left out", ["column", "reason"], [.. LeftOut.Select(c => (object?[])[c.Name, c.Reason])])],
    ];
}

/// <summary>One column over all sites.</summary>
/// <param name="Name">The column.</param>
/// <param name="Count">n, values that are there.</param>
/// <param name="Missing">Values that are not.</param>
/// <param name="Mean">Σx / n, in the column's unit; null if n is 0.</param>
/// <param name="StandardDeviation">√(M2 / (n − 1)), in the column's unit; null if n is below 2.</param>
public sealed record ColumnSummary(string Name, long Count, long Missing, double? Mean, double? StandardDeviation);
