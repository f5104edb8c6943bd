using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Correlations;

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Rows of the table; at least 1. Blurred by disclosure control.</param>
/// <param name="Blocks">
/// One over the complete rows; or pairwise one for each pair of columns: the first with the second, third …, then the second
/// with the third ….
/// </param>
public sealed record ProductsPartial([property: Discloses(DisclosureKind.Blurred)] long Rows, IReadOnlyList<ProductsBlock> Blocks)
{
    /// <summary>Whether the rows of the table are told as a multiple of the minimum cell.</summary>
    [Discloses(DisclosureKind.Word)]
    public bool IsBlurred { get; init; }

    /// <summary>What the site holds back: such a block has no rows.</summary>
    [Discloses(DisclosureKind.Suppressed)]
    public IReadOnlyList<Suppressed>? Suppressed { get; init; }
}

/// <param name="Count">Rows in which none of the block's columns is missing.</param>
/// <param name="Products">
/// The upper triangle, row by row, of Z'Z over these rows, where Z is a column of ones followed by the block's columns.
/// </param>
public sealed record ProductsBlock(
    [property: Discloses(DisclosureKind.Rows)] long Count, [property: Discloses(DisclosureKind.Products)] ExactSums Products);
