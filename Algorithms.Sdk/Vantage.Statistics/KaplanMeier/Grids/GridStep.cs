using System.ComponentModel;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.KaplanMeier.Grids;

/// <summary>What a site is asked where exact times do not leave.</summary>
/// <param name="Columns">The columns that the formula names: no others may be read.</param>
/// <param name="Model">On what the sites agreed.</param>
/// <param name="Edges">The ends of the grid's intervals, ascending.</param>
public sealed record GridStep(
    [property: ColumnNames]
    [property: Description("The columns that the formula names.")]
    IReadOnlyList<string> Columns,
    [property: Description("On what the sites agreed.")] SurvivalSpec Model,
    [property: Description("The ends of the grid's intervals.")] IReadOnlyList<double> Edges) : IArguments
{
    /// <inheritdoc/>
    public void Check() => SurvivalQuestion.ThrowIfOtherColumns(Columns, Model.Parsed());
}

/// <summary>Events and censorings by intervals, each of enough rows for the site's rules.</summary>
/// <param name="Rows">Complete rows, as in the first round.</param>
/// <param name="Cells">By the place of the group within the stratum; null for one without rows, or held back.</param>
/// <param name="Fewest">Of how few rows the site's rules let it speak: where fewer are at risk, the curves end.</param>
/// <param name="Suppressed">What was held back.</param>
public sealed record GridPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Count)] IReadOnlyList<GridCell?> Cells,
    [property: Discloses(DisclosureKind.Count)] int Fewest,
    IReadOnlyList<Suppressed> Suppressed)
{
    /// <summary>To multiples of what the node rounds counts; null where they are exact.</summary>
    [Discloses(DisclosureKind.Rounding)]
    public int? Rounding { get; init; }
}

/// <summary>One group. Events and censorings have intervals of their own, since they are not equally frequent.</summary>
/// <param name="Rows">Of the group, the last multiple of the minimum cell.</param>
/// <param name="EventEdges">At which its intervals end.</param>
/// <param name="Events">In each.</param>
/// <param name="CensoredEdges">At which its intervals end; empty where too few are censored.</param>
/// <param name="Censored">In each.</param>
/// <param name="FewCensored">How many, where they are too few, blurred.</param>
public sealed record GridCell(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Public)] IReadOnlyList<double> EventEdges,
    [property: Discloses(DisclosureKind.Count)] IReadOnlyList<long> Events,
    [property: Discloses(DisclosureKind.Public)] IReadOnlyList<double> CensoredEdges,
    [property: Discloses(DisclosureKind.Count)] IReadOnlyList<long> Censored,
    [property: Discloses(DisclosureKind.Blurred)] long FewCensored);
