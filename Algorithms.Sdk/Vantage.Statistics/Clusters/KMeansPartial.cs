using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Clusters;

/// <summary>What one site returns in a round.</summary>
/// <param name="Rows">Complete rows, under rules the last multiple of the minimum cell.</param>
/// <param name="LeftOut">Other rows, blurred by the site's rules.</param>
/// <param name="Starts">In the order of the step.</param>
/// <param name="Suppressed">What was held back.</param>
public sealed record KMeansPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Blurred)] long LeftOut,
    IReadOnlyList<KMeansStart> Starts,
    IReadOnlyList<Suppressed> Suppressed);

/// <param name="Clusters">Null for one of too few rows.</param>
public sealed record KMeansStart([property: Discloses(DisclosureKind.Count)] IReadOnlyList<ClusterSums?> Clusters);

/// <summary>
/// The rows that are nearest to a centre. Between rounds single rows move from one cluster to another: under rules the sums have four
/// digits, so that their differences tell no row.
/// </summary>
/// <param name="Rows">How many.</param>
/// <param name="Sums">Of each column.</param>
/// <param name="Squares">Σ of squared distances from the centre.</param>
public sealed record ClusterSums(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Statistic, Digits = ClusterSums.Digits)] ExactSums Sums,
    [property: Discloses(DisclosureKind.Statistic, Digits = ClusterSums.Digits)] ExactSums Squares)
{
    internal const int Digits = 4;
}
