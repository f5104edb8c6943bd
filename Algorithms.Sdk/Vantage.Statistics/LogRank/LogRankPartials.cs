using System.ComponentModel;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.LogRank;

/// <summary>A test in which each site is a stratum of its own.</summary>
/// <param name="Columns">The columns that the formula names: no others may be read.</param>
/// <param name="Model">On what the sites agreed.</param>
/// <param name="Rho">The power of S(t) that weighs a time.</param>
public sealed record LogRankWithinStep(
    [property: ColumnNames]
    [property: Description("The columns that the formula names.")]
    IReadOnlyList<string> Columns,
    [property: Description("On what the sites agreed.")] SurvivalSpec Model,
    [property: Description("The power of S(t) that weighs a time.")] double Rho) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        SurvivalQuestion.ThrowIfOtherColumns(Columns, Model.Parsed());
        if (!Model.Groups || Rho is not (>= 0 and <= 10))
            throw new ArgumentsInvalidException("model", "a test has groups, and a weight between 0 and 10.");
    }
}

/// <summary>The test at one site, which is a stratum of its own. No time leaves the site.</summary>
/// <param name="Rows">Complete rows; none where the site's rules let it speak of no so few.</param>
/// <param name="Groups">By the place of the group; empty where the site's rules hold the whole answer back.</param>
/// <param name="Differences">Observed less expected events of each group.</param>
/// <param name="Variance">Of these, the upper triangle, row by row.</param>
/// <param name="Suppressed">What was held back.</param>
public sealed record LogRankWithinPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    IReadOnlyList<LogRankGroupPartial> Groups,
    [property: Discloses(DisclosureKind.Parameters)] IReadOnlyList<double> Differences,
    [property: Discloses(DisclosureKind.Products)] IReadOnlyList<double> Variance,
    IReadOnlyList<Suppressed> Suppressed);

/// <param name="Rows">Rows of the group.</param>
/// <param name="Observed">Events, weighted where ρ is not 0; null where they are too few to be told.</param>
public sealed record LogRankGroupPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Statistic)] double? Observed);
