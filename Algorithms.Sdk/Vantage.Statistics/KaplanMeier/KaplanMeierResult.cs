using Vantage.Algorithms.Results;
using Vantage.Algorithms.Results.Charts;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.KaplanMeier;

/// <summary>Survival curves over the rows of all sites: what R's <c>survfit</c> answers for the pooled data.</summary>
public sealed record KaplanMeierResult : ITabular, IDrawable
{
    /// <summary>As it was asked for.</summary>
    public required string Formula { get; init; }

    /// <summary>Whose rows these are.</summary>
    public required IReadOnlyList<SiteRows> Sites { get; init; }

    /// <summary>Complete rows of all sites that take part.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that take no part, since a column is missing in them.</summary>
    public required long LeftOut { get; init; }

    /// <summary>Above 0 and below 1.</summary>
    public required double ConfidenceLevel { get; init; }

    /// <summary><c>log</c>, <c>log-log</c> or <c>plain</c>.</summary>
    public required string ConfidenceType { get; init; }

    /// <summary>
    /// The steps in which the curves are told, in the unit of the time, where some site's disclosure rules let no exact time leave;
    /// null for exact times. On a grid counts are interpolated, those censored in a step are at risk for half of it, and medians
    /// lie on the straight line between two steps.
    /// </summary>
    public required double? Grid { get; init; }

    /// <summary>One for each group that has rows, and of which sites may tell.</summary>
    public required IReadOnlyList<SurvivalCurve> Curves { get; init; }

    /// <summary>The curves at the times that were asked for.</summary>
    public required IReadOnlyList<SurvivalAtTime> At { get; init; }

    /// <summary>What sites held back, and what else to know, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    public Chart Chart() => KaplanMeierChart.Of(this);

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() => KaplanMeierTables.Of(this);
}

/// <param name="Group">Whose curve.</param>
/// <param name="Time">The time asked for.</param>
/// <param name="AtRisk">Just before it; null beyond the last step of a grid.</param>
/// <param name="Survival">The probability to be without event then; null after the last row has ended.</param>
/// <param name="StandardError">Of the survival.</param>
/// <param name="Lower">Confidence limit.</param>
/// <param name="Upper">Confidence limit.</param>
public sealed record SurvivalAtTime(
    string Group, double Time, double? AtRisk, double? Survival, double? StandardError, double? Lower, double? Upper);
