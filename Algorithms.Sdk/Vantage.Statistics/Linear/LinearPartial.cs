using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Linear;

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Used">Those whose weight is not 0.</param>
/// <param name="Products">
/// The upper triangle, row by row, of Z'WZ, where Z is the model matrix, followed by the offset if there is one
/// and by the outcome less the offset, and W the weights. What belongs to the column of a category's level is a count of rows.
/// </param>
/// <param name="LogWeights">Σ log w, one sum; 0 without weights.</param>
/// <param name="Suppressed">What the site's rules forbid: then the sums are zero, and its rows take no part.</param>
public sealed record LinearPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Count)] long Used,
    [property: Discloses(DisclosureKind.Products)] ExactSums Products,
    [property: Discloses(DisclosureKind.Statistic)] ExactSums LogWeights,
    [property: Discloses(DisclosureKind.Suppressed)] IReadOnlyList<Suppressed>? Suppressed = null) : IWithholding
{
    /// <summary>The columns of Z.</summary>
    internal static int Size(int width, bool hasOffset) => width + (hasOffset ? 2 : 1);
}
