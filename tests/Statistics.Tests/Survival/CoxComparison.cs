using System.Text.Json;
using Vantage.Statistics.Cox;

namespace Statistics.Tests.Survival;

internal static class CoxComparison
{
    /// <param name="expected">R's.</param>
    /// <param name="result">Ours.</param>
    /// <param name="isOneSite">Whether all pairs of rows are pairs of one site.</param>
    public static IEnumerable<string> Differences(JsonElement expected, CoxResult result, bool isOneSite)
    {
        var comparison = new Comparison(expected);
        comparison.Texts("names", result.Coefficients.Keys);
        comparison.Texts("collinear", result.Collinear);
        if (result.Monotone.Count > 0 || !result.Converged)
            return [$"monotone {string.Join(' ', result.Monotone)}, converged {result.Converged}"];
        // Under rules they are blurred.
        if (!result.StratifiedBySite)
        {
            comparison.Exact("rows", result.Rows);
            comparison.Exact("leftOut", result.LeftOut);
        }

        comparison.Exact("events", result.Events);
        comparison.All("coefficients", result.Coefficients.Values, Error);
        comparison.All("standardErrors", result.StandardErrors.Values);
        comparison.All("z", result.Statistics.Values, _ => 1);
        comparison.All("pValues", result.PValues.Values);
        comparison.All("lower", result.ConfidenceIntervals.Values.Select(i => i?[0]), Error);
        comparison.All("upper", result.ConfidenceIntervals.Values.Select(i => i?[1]), Error);
        foreach (var (row, values) in expected.GetProperty("covariance").EnumerateArray().Index())
            comparison.All("covariance", values, result.Covariance[row], i => Error(row) * Error(i));
        comparison.One("logLikelihood", result.LogLikelihood);
        comparison.One("nullLogLikelihood", result.NullLogLikelihood);
        comparison.One("lr", result.LikelihoodRatio!.Statistic);
        comparison.One("wald", result.Wald!.Statistic);
        comparison.One("score", result.Score!.Statistic);
        comparison.Exact("df", result.Score.DegreesOfFreedom);
        comparison.One("aic", result.Aic);
        comparison.One("bic", result.Bic);
        if (result.StratifiedBySite)
            return comparison.Differences;
        if (isOneSite && result.Concordance is { } c)
            comparison.All("concordance", [c.Concordant, c.Discordant, c.Tied]);
        comparison.All("centre", result.Centre!.Values.Select(v => (double?)v));
        comparison.All("hazardTimes", result.Baseline!.SelectMany(s => s.Times).Select(v => (double?)v));
        comparison.All("hazard", result.Baseline!.SelectMany(s => s.Hazard).Select(v => (double?)v));
        return comparison.Differences;

        double Error(int i) => result.StandardErrors.Values.ElementAt(i) ?? 0;
    }
}
