using Vantage.Algorithms.Results;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.PrincipalComponents;

/// <summary>Principal components over the rows of all sites: what R's <c>prcomp</c> answers for the pooled data, but for scores, which stay at the sites.</summary>
/// <param name="Columns">As asked.</param>
/// <param name="Sites">Whose rows these are.</param>
/// <param name="Rows">Complete rows that take part.</param>
/// <param name="Centre">What was taken from each column; null where nothing was.</param>
/// <param name="Scale">What each column was divided by; null where it was not.</param>
/// <param name="Components">By falling variance; as many as columns, or rows if they are fewer.</param>
/// <param name="TotalVariance">Of all columns, after scaling.</param>
/// <param name="Notes">What sites held back, and what else to know, as sentences.</param>
public sealed record PcaResult(
    IReadOnlyList<string> Columns,
    IReadOnlyList<SiteRows> Sites,
    long Rows,
    IReadOnlyDictionary<string, double>? Centre,
    IReadOnlyDictionary<string, double>? Scale,
    IReadOnlyList<PrincipalComponent> Components,
    double TotalVariance,
    IReadOnlyList<string> Notes) : ITabular
{
    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new("components", ["component", "standard deviation", "variance", "proportion", "cumulative"],
            [.. Components.Select(c => (object?[])[c.Name, c.StandardDeviation, c.Variance, c.Proportion, c.Cumulative])]),
        new("loadings", ["column", .. Components.Select(c => c.Name)],
            [.. Columns.Select(column => (object?[])[column, .. Components.Select(c => (object?)c.Loadings[column])])]),
        .. SiteTables.Notes(Notes),
        SiteTables.Of(Sites),
    ];
}

/// <param name="Name">As R calls it: PC1.</param>
/// <param name="StandardDeviation">Of the scores: the root of the eigenvalue.</param>
/// <param name="Variance">The eigenvalue.</param>
/// <param name="Proportion">Of the total variance.</param>
/// <param name="Cumulative">With the components before.</param>
/// <param name="Loadings">By column: of length 1, with the largest of them positive (the first, where two are as large).</param>
public sealed record PrincipalComponent(
    string Name,
    double StandardDeviation,
    double Variance,
    double? Proportion,
    double? Cumulative,
    IReadOnlyDictionary<string, double> Loadings);
