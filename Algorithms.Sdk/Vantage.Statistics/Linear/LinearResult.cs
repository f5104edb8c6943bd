using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Linear;

/// <summary>A linear model over the rows of all sites: what R's <c>lm</c> answers for the pooled data.</summary>
public sealed record LinearResult : RegressionResult
{
    /// <summary>Of 1; null where the outcome does not vary.</summary>
    public required double? RSquared { get; init; }

    /// <summary>The same, for degrees of freedom, as R's <c>summary.lm</c>; null without any, or where the outcome does not vary.</summary>
    public required double? AdjustedRSquared { get; init; }

    /// <summary>σ, in the outcome's unit; null without degrees of freedom.</summary>
    public required double? ResidualStandardError { get; init; }

    /// <summary>Null where the model has no column besides the intercept.</summary>
    public required FStatistic? FStatistic { get; init; }
}
