using Vantage.Algorithms.Results;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Regressions;

/// <summary>
/// A model estimated over the rows of all sites, as if they lay in one table: what R's <c>lm</c> and <c>glm</c> answer
/// for the pooled data. Coefficients have R's names and order in all maps.
/// </summary>
public abstract record RegressionResult : ITabular
{
    /// <summary>The model as it was asked for.</summary>
    public required string Formula { get; init; }

    /// <summary><c>gaussian</c>, <c>binomial</c>, <c>poisson</c>, <c>negative binomial</c> or <c>Gamma</c>.</summary>
    public required string Family { get; init; }

    /// <summary><c>identity</c>, <c>logit</c>, <c>log</c> or <c>inverse</c>.</summary>
    public required string Link { get; init; }

    /// <summary>Whose rows these are.</summary>
    public required IReadOnlyList<SiteRows> Sites { get; init; }

    /// <summary>Complete rows of all sites.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that take no part, since a column of the model is missing in them.</summary>
    public required long LeftOut { get; init; }

    /// <summary>The levels of each factor, the reference first.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Levels { get; init; }

    /// <summary>The two levels of a categorical outcome: the probability of the second is modelled.</summary>
    public required IReadOnlyList<string>? OutcomeLevels { get; init; }

    /// <summary>In the outcome's unit by the column's; null where it cannot be estimated.</summary>
    public required IReadOnlyDictionary<string, double?> Coefficients { get; init; }

    /// <summary>In the unit of the coefficients; null where the estimate is, or without degrees of freedom.</summary>
    public required IReadOnlyDictionary<string, double?> StandardErrors { get; init; }

    /// <summary>Estimate by standard error: t where the dispersion is estimated, as of linear and Gamma models; else z.</summary>
    public required IReadOnlyDictionary<string, double?> Statistics { get; init; }

    /// <summary>Two-sided.</summary>
    public required IReadOnlyDictionary<string, double?> PValues { get; init; }

    /// <summary>Of the intervals, above 0 and below 1.</summary>
    public required double ConfidenceLevel { get; init; }

    /// <summary>Lower and upper bound: by the distribution that the statistic is held against.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>?> ConfidenceIntervals { get; init; }

    /// <summary>Of the estimates, in the order of the coefficients; null where one of them is null.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Covariance { get; init; }

    /// <summary>Coefficients that earlier ones determine, such as that of a constant column: they are null, as R's NA.</summary>
    public required IReadOnlyList<string> Collinear { get; init; }

    /// <summary>Null unless the outcome is separated, in which case some estimates would be infinite.</summary>
    public required SeparationFound? Separation { get; init; }

    /// <summary>
    /// Whether the estimates are the maximum of the likelihood; always true of a linear model. If not, all that is given is of the
    /// last step, or null.
    /// </summary>
    public required bool Converged { get; init; }

    /// <summary>Steps of Newton's method; 1 for a linear model.</summary>
    public required int Iterations { get; init; }

    /// <summary>σ² of a linear model, Pearson's φ of a Gamma model; 1 for models of probabilities and counts.</summary>
    public required double? Dispersion { get; init; }

    /// <summary>Rows of positive weight less estimated coefficients.</summary>
    public required long DegreesOfFreedom { get; init; }

    /// <summary>The residual sum of squares of a linear model.</summary>
    public required double? Deviance { get; init; }

    /// <summary>Of the model without columns: with the intercept and offset alone, if it has them.</summary>
    public required double? NullDeviance { get; init; }

    /// <summary>
    /// As R's <c>logLik</c>, with prior weights; null where the outcome is separated, or a linear model fits without a residual.
    /// </summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>−2 log-likelihood + 2 estimated parameters, a dispersion or θ among them, as R's <c>AIC</c>.</summary>
    public required double? Aic { get; init; }

    /// <summary>The same with the logarithm of the number of rows that count (R's <c>nobs</c>) in place of 2, as R's <c>BIC</c>.</summary>
    public required double? Bic { get; init; }

    /// <summary>In sentences: what is missing or suppressed and why, and what the numbers are then.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() => RegressionTables.Of(this);
}

/// <param name="Kind">
/// <c>complete</c>: the columns tell the outcome apart without error, and no estimate exists. <c>quasi-complete</c>: they do
/// so for some rows, and the estimates named are infinite.
/// </param>
/// <param name="Terms">The coefficients concerned.</param>
public sealed record SeparationFound(string Kind, IReadOnlyList<string> Terms)
{
    /// <summary>No estimate exists.</summary>
    public const string Complete = "complete";

    /// <summary>The estimates that are named are infinite; the others exist.</summary>
    public const string QuasiComplete = "quasi-complete";
}

/// <summary>Whether the columns together explain more than a constant.</summary>
/// <param name="Value">F.</param>
/// <param name="Numerator">Degrees of freedom.</param>
/// <param name="Denominator">Degrees of freedom.</param>
/// <param name="PValue">P(F ≥ value).</param>
public sealed record FStatistic(double Value, long Numerator, long Denominator, double PValue);
