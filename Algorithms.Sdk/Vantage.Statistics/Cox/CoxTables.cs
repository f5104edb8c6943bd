using Vantage.Algorithms.Results;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Cox;

/// <summary>How a model reads as tables.</summary>
internal static class CoxTables
{
    public static IReadOnlyList<ResultTable> Of(CoxResult result) =>
        [
            Coefficients(result), .. SiteTables.Notes(result.Notes), Fit(result), SiteTables.Of(result.Sites),
            .. result.Baseline is { } b ? [Baseline(b)] : Array.Empty<ResultTable>(),
        ];

    private static ResultTable Coefficients(CoxResult r) => new(
        "coefficients",
        ["term", "estimate", "hazard ratio", "standard error", "z", "p value", "lower", "upper", "note"],
        [.. r.Coefficients.Select(c => (object?[])
            [c.Key, c.Value, r.HazardRatios[c.Key], r.StandardErrors[c.Key], r.Statistics[c.Key], r.PValues[c.Key],
                r.HazardRatioIntervals[c.Key]?[0], r.HazardRatioIntervals[c.Key]?[1], Note(r, c.Key)])]);

    private static string? Note(CoxResult r, string term) =>
        r.Collinear.Contains(term) ? "collinear" : r.Monotone.Contains(term) ? "monotone likelihood" : null;

    private static ResultTable Fit(CoxResult r) => new(
        "fit",
        ["name", "value"],
        [
            ["ties", r.Ties],
            ["stratified by site", r.StratifiedBySite],
            ["rows", r.Rows],
            ["left out", r.LeftOut],
            ["events", r.Events],
            ["converged", r.Converged],
            ["iterations", (long)r.Iterations],
            ["log likelihood", r.LogLikelihood],
            ["null log likelihood", r.NullLogLikelihood],
            ["likelihood ratio χ²", r.LikelihoodRatio?.Statistic],
            ["likelihood ratio p value", r.LikelihoodRatio?.PValue],
            ["Wald χ²", r.Wald?.Statistic],
            ["Wald p value", r.Wald?.PValue],
            ["score χ²", r.Score?.Statistic],
            ["score p value", r.Score?.PValue],
            ["degrees of freedom", r.LikelihoodRatio?.DegreesOfFreedom],
            ["AIC", r.Aic],
            ["BIC", r.Bic],
            ["concordance", r.Concordance?.Value],
            ["confidence level", r.ConfidenceLevel],
        ]);

    private static ResultTable Baseline(IReadOnlyList<BaselineHazard> strata) => new(
        "baseline",
        ["stratum", "time", "cumulative hazard"],
        [.. strata.SelectMany(s => s.Times.Zip(s.Hazard, (t, h) => (object?[])[s.Stratum, t, h]))]);
}
