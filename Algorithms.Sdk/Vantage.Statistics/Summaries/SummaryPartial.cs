using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Summaries;

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Rows of the table; at least 1. Where values are missing, disclosure control rounds it down to a multiple of the minimum cell.</param>
/// <param name="Columns">The columns asked for, or all that hold numbers.</param>
/// <param name="LeftOut">When none were named: columns that do not hold numbers.</param>
public sealed record SummaryPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows, IReadOnlyList<ColumnMoments> Columns, IReadOnlyList<LeftOutColumn> LeftOut)
{
    /// <summary>Whether rows and missing values are told as multiples of the minimum cell, so that they do not tell of few missing values.</summary>
    [Discloses(DisclosureKind.Word)]
    public bool IsBlurred { get; init; }

    /// <summary>Whether bounds lie somewhat outside of the values.</summary>
    [Discloses(DisclosureKind.Word)]
    public bool IsRangeBlurred { get; init; }

    /// <summary>When none were named: how many values the columns of text have.</summary>
    public IReadOnlyList<TextPresence> Texts { get; init; } = [];

    /// <summary>Columns of which the site tells nothing, and why.</summary>
    [Discloses(DisclosureKind.Suppressed)]
    public IReadOnlyList<Suppressed>? Suppressed { get; init; }
}

/// <summary>One column at one site.</summary>
/// <param name="Name">The column.</param>
/// <param name="Count">Values that are there.</param>
/// <param name="Missing">Values that are not: <c>Count + Missing</c> is the number of rows. Blurred by disclosure control.</param>
/// <param name="Mean">In the column's unit; null if <paramref name="Count"/> is 0.</param>
/// <param name="MeanRest">
/// What rounding took from the mean: <c>Mean + MeanRest</c> is good for 32 digits. Merging means that lie close together
/// and far from zero needs it. Where disclosure control takes it away, M2 loses what it loses in plain double arithmetic.
/// </param>
/// <param name="M2">The sum of squared differences from the mean, in the square of the unit; null if Count is 0.</param>
public sealed record ColumnMoments(
    [property: Discloses(DisclosureKind.Name)] string Name,
    [property: Discloses(DisclosureKind.Rows)] long Count,
    [property: Discloses(DisclosureKind.Blurred)] long Missing,
    [property: Discloses(DisclosureKind.Statistic, Evidence = "evidence")] double? Mean,
    [property: Discloses(DisclosureKind.Rest)] double? MeanRest,
    [property: Discloses(DisclosureKind.Statistic)] double? M2)
{
    /// <summary>The sum of third powers of the differences from the mean; null if Count is 0, or it does not fit a double.</summary>
    [Discloses(DisclosureKind.Statistic)]
    public double? M3 { get; init; }

    /// <summary>The same of fourth powers.</summary>
    [Discloses(DisclosureKind.Statistic)]
    public double? M4 { get; init; }

    /// <summary>The smallest and the largest value, blurred outward by disclosure control; null if Count is 0, or not told.</summary>
    [Discloses(DisclosureKind.Bounds)]
    public IReadOnlyList<double>? Bounds { get; init; }

    /// <summary>For the node, which takes it away; null without disclosure control.</summary>
    [Discloses(DisclosureKind.Evidence)]
    public SumEvidence? Evidence { get; init; }
}

/// <param name="Name">A column of text.</param>
/// <param name="Count">Values that are there.</param>
/// <param name="Missing">Values that are not. Blurred by disclosure control.</param>
public sealed record TextPresence(
    [property: Discloses(DisclosureKind.Name)] string Name,
    [property: Discloses(DisclosureKind.Rows)] long Count,
    [property: Discloses(DisclosureKind.Blurred)] long Missing);

/// <param name="Name">The column.</param>
/// <param name="Reason">Why it has no summary.</param>
public sealed record LeftOutColumn(
    [property: Discloses(DisclosureKind.Name)] string Name,
    [property: Discloses(DisclosureKind.Word, Words = [LeftOutColumn.HoldsText])] string Reason)
{
    internal const string HoldsText = "holds text";
}
