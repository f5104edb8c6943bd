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
    /// <summary>When no columns were named: those that hold text at every site.</summary>
    public IReadOnlyList<TextPresence> Texts { get; init; } = [];

    /// <summary>What disclosure control rounded or held back, in sentences. A site that holds a column back has no part in it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new("columns", ["column", "n", "missing", "mean", "standard deviation", "minimum", "maximum", "skewness", "excess kurtosis"],
            [.. Columns.Select(c => (object?[])
                [c.Name, c.Count, c.Missing, c.Mean, c.StandardDeviation, c.Minimum, c.Maximum, c.Skewness, c.ExcessKurtosis])]),
        .. Texts.Count == 0 ? (IReadOnlyList<ResultTable>)[]
            : [new("texts", ["column", "n", "missing"], [.. Texts.Select(c => (object?[])[c.Name, c.Count, c.Missing])])],
        .. LeftOut.Count == 0 ? (IReadOnlyList<ResultTable>)[]
            : [new("left out", ["column", "reason"], [.. LeftOut.Select(c => (object?[])[c.Name, c.Reason])])],
        .. Notes.Count == 0 ? (IReadOnlyList<ResultTable>)[] : [new("notes", ["note"], [.. Notes.Select(n => (object?[])[n])])],
    ];
}

/// <summary>One column over all sites.</summary>
/// <param name="Name">The column.</param>
/// <param name="Count">n, values that are there.</param>
/// <param name="Missing">Values that are not.</param>
/// <param name="Mean">Σx / n, in the column's unit; null if n is 0.</param>
/// <param name="StandardDeviation">√(M2 / (n − 1)), in the column's unit; null if n is below 2.</param>
public sealed record ColumnSummary(string Name, long Count, long Missing, double? Mean, double? StandardDeviation)
{
    /// <summary>The smallest value, or where a site's rules blur it a number somewhat below; null if no site tells.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest value, or a number somewhat above.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether a site's rules have moved its smallest and largest value outward.</summary>
    public bool IsRangeBlurred { get; init; }

    /// <summary>g₁ = m₃ / m₂^(3/2), of central moments with the divisor n; null where the values do not vary.</summary>
    public double? Skewness { get; init; }

    /// <summary>g₂ = m₄ / m₂² − 3, 0 for a normal distribution; null where the values do not vary.</summary>
    public double? ExcessKurtosis { get; init; }
}
