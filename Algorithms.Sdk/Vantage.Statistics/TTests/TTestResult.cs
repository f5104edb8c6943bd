using Vantage.Algorithms.Results;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.TTests;

/// <summary>A t-test over the rows of all sites, as if they lay in one table: what R's <c>t.test</c> answers for the pooled data.</summary>
/// <param name="Formula">As it was asked for.</param>
/// <param name="Method"><c>Welch two-sample</c>, <c>pooled two-sample</c>, <c>paired</c> or <c>one-sample</c>.</param>
/// <param name="Sites">Whose rows these are.</param>
/// <param name="Rows">Complete rows of all sites.</param>
/// <param name="LeftOut">Rows that take no part, since a column of the formula is missing in them.</param>
/// <param name="Groups">The two groups, or the one; the differences of a paired test.</param>
/// <param name="Estimate">The first group's mean less the second's, or the one mean, in the outcome's unit.</param>
/// <param name="NullValue">What it is held against.</param>
/// <param name="StandardError">Of the estimate, in its unit.</param>
/// <param name="Statistic">t; null where no value differs from another.</param>
/// <param name="DegreesOfFreedom">Of t; a fraction in Welch's test.</param>
/// <param name="PValue">By the alternative.</param>
/// <param name="Alternative"><c>two.sided</c>, <c>less</c> or <c>greater</c>.</param>
/// <param name="ConfidenceLevel">Of the interval.</param>
/// <param name="ConfidenceInterval">Lower and upper bound of the estimate; null for an infinite one.</param>
/// <param name="Notes">What was suppressed, missing, or could not be told, in plain words.</param>
public sealed record TTestResult(
    string Formula,
    string Method,
    IReadOnlyList<SiteRows> Sites,
    long Rows,
    long LeftOut,
    IReadOnlyList<GroupSummary> Groups,
    double Estimate,
    double NullValue,
    double? StandardError,
    double? Statistic,
    double? DegreesOfFreedom,
    double? PValue,
    string Alternative,
    double ConfidenceLevel,
    IReadOnlyList<double?> ConfidenceInterval,
    IReadOnlyList<string> Notes) : ITabular
{
    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new(
            "test",
            ["test", "estimate", "standard error", "t", "degrees of freedom", "p value", "lower", "upper"],
            [[Method, Estimate, StandardError, Statistic, DegreesOfFreedom, PValue, ConfidenceInterval[0], ConfidenceInterval[1]]]),
        new(
            "groups",
            ["group", "n", "mean", "standard deviation"],
            [.. Groups.Select(g => (object?[])[g.Level ?? "all", g.Count, g.Mean, g.StandardDeviation])]),
        SiteTables.Of(Sites),
        .. SiteTables.Notes(Notes),
    ];
}

/// <param name="Level">The group; null where there is one.</param>
/// <param name="Count">Its rows over all sites.</param>
/// <param name="Mean">In the outcome's unit.</param>
/// <param name="StandardDeviation">√(M2 / (n − 1)); null if n is below 2.</param>
public sealed record GroupSummary(string? Level, long Count, double Mean, double? StandardDeviation);
