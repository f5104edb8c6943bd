using Vantage.Algorithms.Results;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Crosstabs;

/// <summary>A table of counts over the rows of all sites.</summary>
/// <param name="Variables">Whose levels are the rows, the columns and the layers, as far as there are any.</param>
/// <param name="Sites">Whose rows these are.</param>
/// <param name="Rows">Rows that take part: the sum of all cells.</param>
/// <param name="LeftOut">Rows that do not, since a value is missing.</param>
/// <param name="Levels">Of each variable: texts by code point, numbers by value, null for missing, if that counts as one.</param>
/// <param name="Table">Over all layers.</param>
/// <param name="Layers">A table for each level of the third variable; null if there is none.</param>
/// <param name="Independence">
/// Pearson's test that all variables are independent of each other, as R's <c>summary(table(…))</c>; null for a one-way table.
/// </param>
public sealed record CrosstabResult(
    IReadOnlyList<string> Variables,
    IReadOnlyList<SiteRows> Sites,
    long Rows,
    long LeftOut,
    IReadOnlyDictionary<string, IReadOnlyList<string?>> Levels,
    CountTable Table,
    IReadOnlyList<CountTable>? Layers,
    ChiSquaredTest? Independence) : ITabular
{
    /// <summary>What disclosure control held back, in sentences. Cells that a site holds back are null, and with them the tests.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() => CrosstabTables.Of(this);
}

/// <summary>A one- or two-way table of counts.</summary>
/// <param name="Layer">The level of the third variable that these rows have; null over all layers, or where that level is missing.</param>
/// <param name="Counts">By row, then column; one column in a one-way table. Null where a site holds it back.</param>
/// <param name="RowTotals">Of each row; null where one of its cells is.</param>
/// <param name="ColumnTotals">Of each column; null where one of its cells is.</param>
/// <param name="Total">Of all cells; null where one of them is.</param>
/// <param name="Expected">
/// Counts expected if rows and columns were independent, where both have two levels at least; null in a one-way table.
/// </param>
/// <param name="ChiSquared">Pearson's test without correction; null in a one-way table, or where a row or column is empty.</param>
/// <param name="ContinuityCorrected">Yates' correction of it, which R's <c>chisq.test</c> applies by default; 2×2 only.</param>
/// <param name="Fisher">Fisher's exact test; 2×2 only.</param>
public sealed record CountTable(
    string? Layer,
    IReadOnlyList<IReadOnlyList<long?>> Counts,
    IReadOnlyList<long?> RowTotals,
    IReadOnlyList<long?> ColumnTotals,
    long? Total,
    IReadOnlyList<IReadOnlyList<double>>? Expected,
    ChiSquaredTest? ChiSquared,
    ChiSquaredTest? ContinuityCorrected,
    FisherTest? Fisher);

/// <param name="Statistic">X².</param>
/// <param name="DegreesOfFreedom">Of its distribution.</param>
/// <param name="PValue">P(χ² ≥ X²).</param>
public sealed record ChiSquaredTest(double Statistic, long DegreesOfFreedom, double PValue);

/// <summary>Fisher's exact test of a 2×2 table.</summary>
/// <param name="PValue">Two-sided: tables that are no more probable than this one.</param>
/// <param name="OddsRatio">
/// The conditional maximum likelihood estimate; null where it is infinite. R finds the same to four or five digits, the
/// tolerance of its <c>uniroot</c>.
/// </param>
/// <param name="ConfidenceLevel">Of the interval.</param>
/// <param name="ConfidenceInterval">Of the odds ratio; null for an infinite upper bound.</param>
public sealed record FisherTest(
    double PValue, double? OddsRatio, double ConfidenceLevel, IReadOnlyList<double?> ConfidenceInterval);
