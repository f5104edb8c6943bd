using Vantage.Algorithms.Results;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.KaplanMeier;

/// <summary>How curves read as tables.</summary>
internal static class KaplanMeierTables
{
    public static IReadOnlyList<ResultTable> Of(KaplanMeierResult r)
    {
        List<ResultTable> tables = [Groups(r)];
        if (r.At.Count > 0)
            tables.Add(At(r));
        tables.AddRange(SiteTables.Notes(r.Notes));
        tables.Add(Curves(r));
        tables.Add(SiteTables.Of(r.Sites));
        return tables;
    }

    private static ResultTable Groups(KaplanMeierResult r) => new(
        "groups",
        ["group", "rows", "events", "median", "lower", "upper"],
        [.. r.Curves.Select(c => (object?[])[c.Group, c.Rows, c.EventCount, c.Median, c.MedianInterval[0], c.MedianInterval[1]])]);

    private static ResultTable At(KaplanMeierResult r) => new(
        "at times",
        ["group", "time", "at risk", "survival", "standard error", "lower", "upper"],
        [.. r.At.Select(a => (object?[])[a.Group, a.Time, a.AtRisk, a.Survival, a.StandardError, a.Lower, a.Upper])]);

    private static ResultTable Curves(KaplanMeierResult r) => new(
        "curves",
        ["group", "time", "at risk", "events", "censored", "survival", "standard error", "lower", "upper"],
        [.. r.Curves.SelectMany(c => c.Times.Select((t, i) => (object?[])
            [c.Group, t, c.AtRisk[i], c.Events[i], c.Censored[i], c.Survival[i], c.StandardErrors[i], c.Lower[i], c.Upper[i]]))]);
}
