using System.Text.Json;
using Vantage.Statistics.LogRank;

namespace Statistics.Tests.Survival;

internal static class LogRankComparison
{
    public static IEnumerable<string> Differences(JsonElement expected, LogRankResult result)
    {
        var comparison = new Comparison(expected);
        // Under rules they are blurred.
        if (!result.StratifiedBySite)
        {
            comparison.Exact("rows", result.Rows);
            comparison.Exact("leftOut", result.LeftOut);
        }

        comparison.Texts("groups", result.Groups.Select(g => g.Group));
        if (!result.StratifiedBySite)
            comparison.All("n", result.Groups.Select(g => (double?)g.Rows));
        if (result.Groups.All(g => g.Observed is not null))
        {
            comparison.All("observed", result.Groups.Select(g => g.Observed));
            comparison.All("expected", result.Groups.Select(g => g.Expected));
        }

        foreach (var (i, row) in expected.GetProperty("variance").EnumerateArray().Index())
            comparison.All("variance", row, result.Variance[i].Select(v => (double?)v), _ => 1);
        comparison.One("statistic", result.Statistic);
        comparison.Exact("df", result.DegreesOfFreedom);
        comparison.One("pValue", result.PValue);
        return comparison.Differences;
    }
}
