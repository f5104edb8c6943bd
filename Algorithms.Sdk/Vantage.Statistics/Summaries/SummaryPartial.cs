namespace Vantage.Statistics.Summaries;

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Rows of the table; at least 1.</param>
/// <param name="Columns">The columns asked for, or all that hold numbers.</param>
/// <param name="LeftOut">When none were named: columns that do not hold numbers.</param>
public sealed record SummaryPartial(
    long Rows, IReadOnlyList<ColumnMoments> Columns, IReadOnlyList<LeftOutColumn> LeftOut);

/// <summary>One column at one site.</summary>
/// <param name="Name">The column.</param>
/// <param name="Count">Values that are there.</param>
/// <param name="Missing">Values that are not: <c>Count + Missing</c> is the number of rows.</param>
/// <param name="Mean">In the column's unit; null if <paramref name="Count"/> is 0.</param>
/// <param name="MeanRest">
/// What rounding took from the mean: <c>Mean + MeanRest</c> is good for 32 digits. Merging means that lie close together
/// and far from zero needs it. Where disclosure control takes it away, M2 loses what it loses in plain double arithmetic.
/// </param>
/// <param name="M2">The sum of squared differences from the mean, in the square of the unit; null if Count is 0.</param>
public sealed record ColumnMoments(
    string Name, long Count, long Missing, double? Mean, double? MeanRest, double? M2);

/// <param name="Name">The column.</param>
/// <param name="Reason">Why it has no summary.</param>
public sealed record LeftOutColumn(string Name, string Reason);
