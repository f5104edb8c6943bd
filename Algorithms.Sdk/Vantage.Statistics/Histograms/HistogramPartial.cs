using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Histograms;

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Values in the bins; 0 where so few may not be told.</param>
/// <param name="Below">Values below the first edge; null where that may not be told.</param>
/// <param name="Above">Values above the last edge; null where that may not be told.</param>
/// <param name="Missing">Values that are missing; null where that may not be told.</param>
/// <param name="Counts">One for each bin; null where it may not be told, or would tell another.</param>
/// <param name="Suppressed">What was held back.</param>
public sealed record HistogramPartial(
    [property: Discloses(DisclosureKind.Rows, Rounded = true)] long Rows,
    [property: Discloses(DisclosureKind.Count)] long? Below,
    [property: Discloses(DisclosureKind.Count)] long? Above,
    [property: Discloses(DisclosureKind.Count)] long? Missing,
    [property: Discloses(DisclosureKind.Cells, Evidence = "all")] IReadOnlyList<long?> Counts,
    [property: Discloses(DisclosureKind.Suppressed)] IReadOnlyList<Suppressed> Suppressed)
{
    /// <summary>All counts, for the node, which takes them away; null without disclosure control.</summary>
    [Discloses(DisclosureKind.Evidence)]
    public IReadOnlyList<long>? All { get; init; }

    /// <summary>To multiples of what the node rounds counts; null where they are exact.</summary>
    [Discloses(DisclosureKind.Rounding)]
    public int? Rounding { get; init; }
}
