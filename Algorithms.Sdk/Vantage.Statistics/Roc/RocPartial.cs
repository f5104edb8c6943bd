using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Roc;

/// <summary>The scores of a site by outcome.</summary>
/// <param name="Rows">Complete rows, under rules the last multiple of the minimum cell.</param>
/// <param name="Span">Between which round numbers the scores lie, where they are not told themselves; null where nothing is to tell.</param>
/// <param name="Positive">Rows with the outcome; null where they are held back, or not asked for yet.</param>
/// <param name="Negative">Rows without.</param>
/// <param name="Suppressed">What was held back.</param>
public sealed record RocPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Bounds)] IReadOnlyList<double>? Span,
    ScoreCounts? Positive,
    ScoreCounts? Negative,
    IReadOnlyList<Suppressed> Suppressed)
{
    /// <summary>To multiples of what the node rounds counts; null where they are exact.</summary>
    [Discloses(DisclosureKind.Rounding)]
    public int? Rounding { get; init; }
}

/// <param name="Edges">Scores, or where intervals of scores end, ascending.</param>
/// <param name="Counts">Rows of each: of an interval as many as the site's rules ask for.</param>
/// <param name="From">Where the first interval begins, on every second edge; null at the beginning of all.</param>
public sealed record ScoreCounts(
    [property: Discloses(DisclosureKind.Public)] IReadOnlyList<double> Edges,
    [property: Discloses(DisclosureKind.Count)] IReadOnlyList<long> Counts,
    [property: Discloses(DisclosureKind.Public)] double? From = null);
