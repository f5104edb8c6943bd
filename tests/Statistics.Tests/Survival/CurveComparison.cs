using System.Text.Json;
using Vantage.Statistics.KaplanMeier;

namespace Statistics.Tests.Survival;

internal static class CurveComparison
{
    public static IEnumerable<string> Differences(JsonElement expected, KaplanMeierResult result)
    {
        var whole = new Comparison(expected);
        whole.Exact("rows", result.Rows);
        whole.Exact("leftOut", result.LeftOut);
        var groups = expected.GetProperty("curves").EnumerateObject().Select(g => g.Value).ToList();
        return groups.Count != result.Curves.Count
            ? [$"{groups.Count} / {result.Curves.Count} curves"]
            : [.. whole.Differences, .. groups.Zip(result.Curves).SelectMany(g => Of(g.First, g.Second, result))];
    }

    private static IEnumerable<string> Of(JsonElement expected, SurvivalCurve own, KaplanMeierResult result)
    {
        var group = new Comparison(expected);
        if (expected.GetProperty("group").GetString() != own.Group)
            return [$"group '{expected.GetProperty("group").GetString()}' / '{own.Group}'"];
        group.Exact("rows", own.Rows);
        group.Exact("events", own.EventCount);
        group.One("median", own.Median);
        group.One("lower", own.MedianInterval[0]);
        group.One("upper", own.MedianInterval[1]);
        var curve = new Comparison(expected.GetProperty("curve"));
        curve.All("times", Numbers(own.Times));
        curve.All("atRisk", Numbers(own.AtRisk));
        curve.All("events", Numbers(own.Events));
        curve.All("censored", Numbers(own.Censored));
        curve.All("survival", Numbers(own.Survival), _ => 1e-6);
        curve.All("standardErrors", own.StandardErrors);
        curve.All("lower", own.Lower);
        curve.All("upper", own.Upper);
        var at = expected.GetProperty("at");
        var read = result.At.Where(a => a.Group == own.Group).ToList();
        if (at.ValueKind != JsonValueKind.Null)
        {
            foreach (var (wanted, point) in at.EnumerateObject().Zip(read))
                curve.Close($"at {point.Time}", wanted.Value.GetProperty("survival"), point.Survival, 0);
        }

        return group.Differences.Concat(curve.Differences).Select(d => $"{own.Group} {d}");
    }

    private static IEnumerable<double?> Numbers(IEnumerable<double> values) => values.Select(v => (double?)v);
}
