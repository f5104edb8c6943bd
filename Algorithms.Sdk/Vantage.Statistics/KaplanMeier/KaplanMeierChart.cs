using Vantage.Algorithms.Results.Charts;

namespace Vantage.Statistics.KaplanMeier;

/// <summary>Curves as a picture: steps with their limits, and a mark where rows are censored.</summary>
internal static class KaplanMeierChart
{
    public static Chart Of(KaplanMeierResult r)
    {
        var last = r.Curves.SelectMany(c => c.Times).DefaultIfEmpty(1).Max();
        var first = Math.Min(0, r.Curves.SelectMany(c => c.Times).DefaultIfEmpty(0).Min());
        return new(
            r.Formula,
            new("time", first, last),
            new("survival", 0, 1),
            [.. r.Curves.Select(c => Series(c, first, r.Grid is null))]);
    }

    private static ChartSeries Series(SurvivalCurve c, double first, bool isExact) => new(
        c.Group,
        isExact ? ChartKind.Steps : ChartKind.Line,
        [
            new(first, 1, 1, 1),
            .. c.Times.Select((t, i) => new ChartPoint(t, c.Survival[i], c.Lower[i], c.Upper[i])),
        ])
    {
        Marks = isExact ? [.. c.Times.Index().Where(t => c.Censored[t.Index] > 0).Select(t => new ChartPoint(t.Item, c.Survival[t.Index]))] : [],
    };
}
