using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Quantiles;

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Columns">In the order asked for.</param>
public sealed record QuantilePartial(IReadOnlyList<ColumnCounts> Columns);

/// <param name="Name">The column.</param>
/// <param name="Rows">Values that are there; 0 where so few may not be told.</param>
/// <param name="Edges">Those of the edges asked for that it tells of, where intervals had to be joined; null for all of them.</param>
/// <param name="Counts">Values up to the first edge, above it and up to the second, …, above the last.</param>
public sealed record ColumnCounts(
    [property: Discloses(DisclosureKind.Name)] string Name,
    [property: Discloses(DisclosureKind.Rows, Rounded = true)] long Rows,
    [property: Discloses(DisclosureKind.Public)] IReadOnlyList<double>? Edges,
    [property: Discloses(DisclosureKind.Cells)] IReadOnlyList<long> Counts)
{
    /// <summary>To multiples of what the node rounds counts; null where they are exact.</summary>
    [Discloses(DisclosureKind.Rounding)]
    public int? Rounding { get; init; }
}
