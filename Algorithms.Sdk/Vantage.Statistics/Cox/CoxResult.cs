using Vantage.Algorithms.Results;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Cox;

/// <summary>
/// A proportional hazards model over the rows of all sites, as if they lay in one table: what R's <c>coxph</c> answers for
/// the pooled data. Coefficients have R's names and order in all maps.
/// </summary>
public sealed record CoxResult : ITabular
{
    /// <summary>The model as it was asked for.</summary>
    public required string Formula { get; init; }

    /// <summary><c>efron</c> or <c>breslow</c>.</summary>
    public required string Ties { get; init; }

    /// <summary>Whether each site has a baseline hazard of its own, as R's <c>strata(site)</c>.</summary>
    public required bool StratifiedBySite { get; init; }

    /// <summary>Whose rows these are.</summary>
    public required IReadOnlyList<SiteRows> Sites { get; init; }

    /// <summary>Complete rows of all sites that take part.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that take no part, since a column of the model is missing in them.</summary>
    public required long LeftOut { get; init; }

    /// <summary>Rows with the event.</summary>
    public required long Events { get; init; }

    /// <summary>The levels of each factor, the reference first.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Levels { get; init; }

    /// <summary>Logarithms of hazard ratios, by the column's unit; null where it cannot be estimated.</summary>
    public required IReadOnlyDictionary<string, double?> Coefficients { get; init; }

    /// <summary>exp(coefficient).</summary>
    public required IReadOnlyDictionary<string, double?> HazardRatios { get; init; }

    /// <summary>Of the coefficients.</summary>
    public required IReadOnlyDictionary<string, double?> StandardErrors { get; init; }

    /// <summary>z: estimate by standard error.</summary>
    public required IReadOnlyDictionary<string, double?> Statistics { get; init; }

    /// <summary>Two-sided.</summary>
    public required IReadOnlyDictionary<string, double?> PValues { get; init; }

    /// <summary>Of the intervals, above 0 and below 1.</summary>
    public required double ConfidenceLevel { get; init; }

    /// <summary>Of the coefficients: Wald's lower and upper bound.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>?> ConfidenceIntervals { get; init; }

    /// <summary>Of the hazard ratios.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>?> HazardRatioIntervals { get; init; }

    /// <summary>Of the coefficients, in their order; null where one of them is null.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Covariance { get; init; }

    /// <summary>Coefficients that earlier ones determine among those at risk together: they are null, as R's NA.</summary>
    public required IReadOnlyList<string> Collinear { get; init; }

    /// <summary>
    /// Coefficients along which the likelihood grows for ever, such as that of a group without events: no estimate exists, and
    /// they are null. The others are the limit that R's <c>coxph</c> approaches.
    /// </summary>
    public required IReadOnlyList<string> Monotone { get; init; }

    /// <summary>Whether the likelihood has reached its maximum, or its limit.</summary>
    public required bool Converged { get; init; }

    /// <summary>Steps of Newton's method.</summary>
    public required int Iterations { get; init; }

    /// <summary>Of the partial likelihood.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>With all coefficients zero.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>That all coefficients are zero; null where there are none.</summary>
    public required CoxTest? LikelihoodRatio { get; init; }

    /// <summary>The same by the coefficients; null where one of them is infinite.</summary>
    public required CoxTest? Wald { get; init; }

    /// <summary>The same by the slope of the likelihood at zero.</summary>
    public required CoxTest? Score { get; init; }

    /// <summary>−2 log-likelihood + 2 coefficients, as R's <c>AIC</c>.</summary>
    public required double Aic { get; init; }

    /// <summary>The same with the logarithm of the number of events in place of 2, as R's <c>BIC</c>.</summary>
    public required double Bic { get; init; }

    /// <summary>Over pairs of rows of the same site and stratum; null where there are none.</summary>
    public required Concordance? Concordance { get; init; }

    /// <summary>Cumulative, at <see cref="Centre"/>, of each stratum with events; null where event times do not leave the sites, or no double holds it.</summary>
    public required IReadOnlyList<BaselineHazard>? Baseline { get; init; }

    /// <summary>
    /// The values of the columns for which the baseline hazard holds, as R's <c>means</c>: means, and 0 for columns of −1, 0 and 1.
    /// Null where there is none.
    /// </summary>
    public required IReadOnlyDictionary<string, double>? Centre { get; init; }

    /// <summary>What sites held back, and what else to know, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() => CoxTables.Of(this);
}

/// <param name="Statistic">χ².</param>
/// <param name="DegreesOfFreedom">Of its distribution.</param>
/// <param name="PValue">P(χ² ≥ statistic).</param>
public sealed record CoxTest(double Statistic, long DegreesOfFreedom, double PValue);

/// <summary>How often the row with the larger predictor has the event first.</summary>
/// <param name="Value">(concordant + tied / 2) / pairs.</param>
/// <param name="Concordant">Pairs.</param>
/// <param name="Discordant">Pairs.</param>
/// <param name="Tied">Pairs with the same predictor.</param>
public sealed record Concordance(double Value, double Concordant, double Discordant, double Tied);

/// <param name="Stratum">Its levels; empty where there is one for all.</param>
/// <param name="Times">Event times, ascending.</param>
/// <param name="Hazard">Cumulative, at and after each.</param>
public sealed record BaselineHazard(string Stratum, IReadOnlyList<double> Times, IReadOnlyList<double> Hazard);
