using Vantage.Algorithms.Results;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Clusters;

/// <summary>Clusters of the rows of all sites, by Lloyd's algorithm. Which row is in which stays at the sites.</summary>
/// <param name="Columns">As asked.</param>
/// <param name="Sites">Whose rows these are.</param>
/// <param name="Rows">Complete rows that take part.</param>
/// <param name="Clusters">In the order of the centres that were given, or by falling size.</param>
/// <param name="Inertia">Σ of squared distances of all rows from their centres: R's <c>tot.withinss</c>.</param>
/// <param name="Iterations">Rounds until no centre moved.</param>
/// <param name="Converged">False if there were not enough rounds.</param>
/// <param name="Starts">How many starts were tried.</param>
/// <param name="Notes">What sites held back, and what else to know, as sentences.</param>
public sealed record KMeansResult(
    IReadOnlyList<string> Columns,
    IReadOnlyList<SiteRows> Sites,
    long Rows,
    IReadOnlyList<KMeansCluster> Clusters,
    double Inertia,
    int Iterations,
    bool Converged,
    int Starts,
    IReadOnlyList<string> Notes) : ITabular
{
    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new("clusters", ["cluster", "rows", "within", .. Columns],
            [.. Clusters.Select((c, i) => (object?[])[(long)i + 1, c.Rows, c.Within, .. c.Centre.Select(x => (object?)x)])]),
        new("fit", ["name", "value"],
            [["inertia", Inertia], ["iterations", (long)Iterations], ["converged", Converged], ["starts", (long)Starts]]),
        .. SiteTables.Notes(Notes),
        SiteTables.Of(Sites),
    ];
}

/// <param name="Rows">In it.</param>
/// <param name="Centre">A value for each column.</param>
/// <param name="Within">Σ of squared distances of its rows from the centre.</param>
public sealed record KMeansCluster(long Rows, IReadOnlyList<double> Centre, double Within);
