using Vantage.Algorithms.Results;
using Vantage.Algorithms.Results.Charts;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Histograms;

/// <summary>A histogram over the rows of all sites: what R's <c>hist</c> counts in the pooled data.</summary>
/// <param name="Column">Whose values are counted.</param>
/// <param name="Sites">Whose values these are; a missing value is left out.</param>
/// <param name="Count">Values in the bins.</param>
/// <param name="Missing">Null if a site does not tell.</param>
/// <param name="Below">Values below the first edge, which only edges that were given can have; null if a site does not tell.</param>
/// <param name="Above">Values above the last edge, likewise.</param>
/// <param name="Edges">Of the bins, one more than there are bins, in the column's unit.</param>
/// <param name="Middles">Of the bins.</param>
/// <param name="Counts">Of each bin; null where a site does not tell its own.</param>
/// <param name="AtLeast">Of each bin, what those sites count that tell; the same as the count where all do.</param>
/// <param name="Densities">Count by all values by width, one over the column's unit; null where the count is.</param>
/// <param name="Right">Whether a bin holds its upper edge.</param>
/// <param name="Notes">What was suppressed, missing, or could not be told, in plain words.</param>
public sealed record HistogramResult(
    string Column,
    IReadOnlyList<SiteRows> Sites,
    long Count,
    long? Missing,
    long? Below,
    long? Above,
    IReadOnlyList<double> Edges,
    IReadOnlyList<double> Middles,
    IReadOnlyList<long?> Counts,
    IReadOnlyList<long> AtLeast,
    IReadOnlyList<double?> Densities,
    bool Right,
    IReadOnlyList<string> Notes) : ITabular, IDrawable
{
    /// <inheritdoc/>
    public Chart Chart() => HistogramChart.Of(this);

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new(
            Column,
            ["from", "to", "count", "at least", "density"],
            [.. Counts.Select((count, i) => (object?[])[Edges[i], Edges[i + 1], count, AtLeast[i], Densities[i]])]),
        new("values", ["name", "value"], [["count", Count], ["missing", Missing], ["below", Below], ["above", Above]]),
        SiteTables.Of(Sites),
        .. SiteTables.Notes(Notes),
    ];
}
