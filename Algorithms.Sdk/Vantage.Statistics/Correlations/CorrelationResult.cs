using Vantage.Algorithms.Results;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Correlations;

/// <summary>Correlations over the rows of all sites, as if they lay in one table: what R's <c>cor.test</c> answers for the pooled data.</summary>
/// <param name="Columns">Those of which each pair is looked at.</param>
/// <param name="Controls">Those whose influence is taken out first.</param>
/// <param name="Use"><c>complete</c> or <c>pairwise</c>.</param>
/// <param name="Sites">Whose rows these are; pairwise, those of the pair with the most.</param>
/// <param name="Rows">Of all sites, likewise.</param>
/// <param name="ConfidenceLevel">Of the intervals.</param>
/// <param name="Pairs">The first column with each other one, then the second ….</param>
/// <param name="Covariances">
/// Of all columns, in their order, without regard to the controls, in the product of their units; null where pairs have rows of their own.
/// </param>
/// <param name="Notes">What was suppressed, missing, or could not be told, in plain words.</param>
public sealed record CorrelationResult(
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Controls,
    string Use,
    IReadOnlyList<SiteRows> Sites,
    long Rows,
    double ConfidenceLevel,
    IReadOnlyList<CorrelationPair> Pairs,
    IReadOnlyList<IReadOnlyList<double?>>? Covariances,
    IReadOnlyList<string> Notes) : ITabular
{
    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new(
            "correlations",
            ["first", "second", "n", "covariance", "correlation", "t", "degrees of freedom", "p value", "lower", "upper"],
            [.. Pairs.Select(p => (object?[])
                [p.First, p.Second, p.Count, p.Covariance, p.Correlation, p.Statistic, p.DegreesOfFreedom, p.PValue,
                    p.ConfidenceInterval?[0], p.ConfidenceInterval?[1]])]),
        SiteTables.Of(Sites),
        .. SiteTables.Notes(Notes),
    ];
}

/// <param name="First">A column.</param>
/// <param name="Second">Another one.</param>
/// <param name="Count">Rows that take part.</param>
/// <param name="Covariance">With n − 1, without regard to the controls; null with fewer than two rows.</param>
/// <param name="Correlation">Pearson's r, the partial one with controls; null where one of the two does not vary.</param>
/// <param name="Statistic">t = r·√(df / (1 − r²)); null where r is 1 or −1.</param>
/// <param name="DegreesOfFreedom">n − 2, less the controls; null without any.</param>
/// <param name="PValue">Two-sided, that there is no correlation; 0 where r is 1 or −1.</param>
/// <param name="ConfidenceInterval">Of r, by Fisher's z; null with fewer than two degrees of freedom.</param>
public sealed record CorrelationPair(
    string First,
    string Second,
    long Count,
    double? Covariance,
    double? Correlation,
    double? Statistic,
    long? DegreesOfFreedom,
    double? PValue,
    IReadOnlyList<double>? ConfidenceInterval);
