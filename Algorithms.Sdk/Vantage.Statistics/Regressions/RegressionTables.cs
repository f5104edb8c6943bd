using Vantage.Algorithms.Results;
using Vantage.Statistics.Gamma;
using Vantage.Statistics.Linear;
using Vantage.Statistics.NegativeBinomial;

namespace Vantage.Statistics.Regressions;

/// <summary>How a model reads as tables.</summary>
internal static class RegressionTables
{
    public static IReadOnlyList<ResultTable> Of(RegressionResult result) => [Coefficients(result), Fit(result), Sites(result)];

    private static ResultTable Coefficients(RegressionResult r) => new(
        "coefficients",
        ["term", "estimate", "standard error", r is LinearResult or GammaResult ? "t" : "z", "p value", "lower", "upper", "note"],
        [.. r.Coefficients.Select(c => (object?[])
            [c.Key, c.Value, r.StandardErrors[c.Key], r.Statistics[c.Key], r.PValues[c.Key],
                r.ConfidenceIntervals[c.Key]?[0], r.ConfidenceIntervals[c.Key]?[1], Note(r, c.Key)])]);

    private static string? Note(RegressionResult r, string term) =>
        r.Collinear.Contains(term) ? "collinear"
        : r.Separation?.Terms.Contains(term) ?? false ? $"{r.Separation.Kind} separation"
        : null;

    private static ResultTable Fit(RegressionResult r)
    {
        List<object?[]> rows =
        [
            ["family", $"{r.Family} ({r.Link})"],
            ["rows", r.Rows],
            ["left out", r.LeftOut],
            ["converged", r.Converged],
            ["iterations", r.Iterations],
            ["degrees of freedom", r.DegreesOfFreedom],
            ["dispersion", r.Dispersion],
            ["deviance", r.Deviance],
            ["null deviance", r.NullDeviance],
            ["log likelihood", r.LogLikelihood],
            ["AIC", r.Aic],
            ["BIC", r.Bic],
            ["confidence level", r.ConfidenceLevel],
        ];
        if (r is LinearResult linear)
        {
            rows.Add(["residual standard error", linear.ResidualStandardError]);
            rows.Add(["R²", linear.RSquared]);
            rows.Add(["adjusted R²", linear.AdjustedRSquared]);
            rows.Add(["F", linear.FStatistic?.Value]);
            rows.Add(["p value of F", linear.FStatistic?.PValue]);
        }

        if (r is NegativeBinomialResult counts)
        {
            rows.Add(["theta", counts.Theta]);
            rows.Add(["standard error of theta", counts.ThetaStandardError]);
        }

        rows.AddRange(r.Notes.Select(note => (object?[])["note", note]));
        return new("fit", ["name", "value"], rows);
    }

    private static ResultTable Sites(RegressionResult r) => new(
        "sites", ["site", "rows", "left out"], [.. r.Sites.Select(s => (object?[])[s.Site, s.Rows, s.LeftOut])]);
}
