using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.TTests;

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows: the sum of the groups' counts.</param>
/// <param name="Groups">One for each agreed level, in that order; a single one where there are no groups.</param>
public sealed record GroupsPartial([property: Discloses(DisclosureKind.Rows)] long Rows, IReadOnlyList<GroupMoments> Groups) : IWithholding
{
    /// <summary>What the site holds back: then all of it, and it takes no part.</summary>
    [Discloses(DisclosureKind.Suppressed)]
    public IReadOnlyList<Suppressed>? Suppressed { get; init; }
}

/// <summary>The values of one group at one site.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">In the outcome's unit; null if <paramref name="Count"/> is 0.</param>
/// <param name="MeanRest">What rounding took from the mean: <c>Mean + MeanRest</c> is good for 32 digits.</param>
/// <param name="M2">The sum of squared differences from the mean; null if Count is 0.</param>
public sealed record GroupMoments(
    [property: Discloses(DisclosureKind.Rows)] long Count,
    [property: Discloses(DisclosureKind.Statistic, Evidence = "evidence")] double? Mean,
    [property: Discloses(DisclosureKind.Statistic)] double? MeanRest,
    [property: Discloses(DisclosureKind.Statistic)] double? M2)
{
    /// <summary>For the node, which takes it away; null without disclosure control.</summary>
    [Discloses(DisclosureKind.Evidence)]
    public SumEvidence? Evidence { get; init; }

    internal static GroupMoments Of(Moments moments) => moments.Count == 0
        ? new(0, null, null, null)
        : new(moments.Count, moments.Mean.High, moments.Mean.Low, moments.M2.ToDouble());

    internal bool IsPossible => Count == 0
        ? this is { Mean: null, MeanRest: null, M2: null }
        : Count > 0 && this is { Mean: { } mean, M2: >= 0 and { } m2 }
            && double.IsFinite(mean) && double.IsFinite(m2) && double.IsFinite(MeanRest ?? 0);

    /// <summary>Those of all sites, in an order that the numbers decide, so that the sites' order does not.</summary>
    internal static Moments Merge(IEnumerable<GroupMoments> sites) => sites.Where(s => s.Count > 0)
        .OrderBy(s => s.Count).ThenBy(s => s.Mean).ThenBy(s => s.MeanRest).ThenBy(s => s.M2)
        .Select(s => new Moments(s.Count, new(s.Mean!.Value, s.MeanRest ?? 0), s.M2!.Value))
        .Aggregate(default(Moments), (sum, part) => sum + part);
}
