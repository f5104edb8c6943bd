using Vantage.Algorithms.Results;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Quantiles;

/// <summary>Quantiles over the rows of all sites: what R's <c>quantile</c> answers for the pooled data.</summary>
/// <param name="Probabilities">As asked.</param>
/// <param name="Type">1 to 9, as in R.</param>
/// <param name="Sites">The sites' names.</param>
/// <param name="Columns">In the order asked for.</param>
/// <param name="Notes">What was suppressed, missing, or could not be told, in plain words.</param>
public sealed record QuantilesResult(
    IReadOnlyList<double> Probabilities,
    int Type,
    IReadOnlyList<string> Sites,
    IReadOnlyList<ColumnQuantiles> Columns,
    IReadOnlyList<string> Notes) : ITabular
{
    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new(
            "quantiles",
            ["column", "n", "missing", "probability", "value", "lowest", "highest"],
            [.. Columns.SelectMany(c => Probabilities.Select((p, i) => (object?[])
                [c.Name, c.Count, c.Missing, p, c.Values[i], c.Lowest[i], c.Highest[i]]))]),
        .. SiteTables.Notes(Notes),
    ];
}

/// <param name="Name">The column.</param>
/// <param name="Count">Values that are there.</param>
/// <param name="Missing">Values that are not; null if a site does not tell.</param>
/// <param name="Values">
/// One for each probability, in the column's unit; null without values, or where the sites' rules do not let it be known. Exact where
/// lowest and highest are the same; otherwise interpolated between them.
/// </param>
/// <param name="Lowest">The quantile is at least this.</param>
/// <param name="Highest">And at most this.</param>
public sealed record ColumnQuantiles(
    string Name,
    long Count,
    long? Missing,
    IReadOnlyList<double?> Values,
    IReadOnlyList<double?> Lowest,
    IReadOnlyList<double?> Highest);
