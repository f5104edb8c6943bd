using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.LogRank;

/// <summary>The test at a site that is a stratum of its own.</summary>
internal static class LogRankWithin
{
    public static async Task<LogRankWithinPartial> ComputeAsync(
        LogRankWithinStep step, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var groups = step.Model.Rows(table).Groups.Count;
        var (rows, cells) = await TimeCounts.CountAsync(new(step.Columns, step.Model), table, cancellationToken);
        if (!rules.MaySpeakOf(rows))
            return Held(0, SuppressionRules.MinimumCell, 1);
        var inGroup = new long[groups];
        var events = new long[groups];
        foreach (var (cell, counts) in cells)
        {
            inGroup[cell % groups] += counts.Rows;
            events[cell % groups] += counts.Events;
        }

        if (rules.AgainstModel(rows, groups) is { } model && rows > 0)
            return Held(SurvivalRules.Told(rules, rows), model, 1);
        // A group that a site does not have is no secret: its levels say so.
        if (inGroup.Any(n => n > 0 && !rules.MayShow(n)) || (rows > 0 && !rules.MayShow(events.Sum())))
            return Held(SurvivalRules.Told(rules, rows), SuppressionRules.MinimumCell, groups);
        var cuts = TimeTies.Cuts(cells.Values.SelectMany(c => c.Times));
        var sums = new LogRankSums(groups, step.Rho);
        foreach (var stratum in cells.GroupBy(c => c.Key / groups))
            sums.AddStratum(stratum.ToDictionary(c => c.Key % groups, c => CellCounts.Of([c.Value.Told(c.Key)], cuts)));
        var hidden = Enumerable.Range(0, groups).Count(g => inGroup[g] > 0 && !rules.MayShow(events[g]));
        return new(
            SurvivalRules.Told(rules, rows),
            [.. Enumerable.Range(0, groups).Select(g => new LogRankGroupPartial(
                SurvivalRules.Told(rules, inGroup[g]), hidden == 0 || inGroup[g] == 0 ? sums.Observed[g] : null))],
            [.. Enumerable.Range(0, groups).Select(g => sums.Observed[g] - sums.Expected[g])],
            [.. Enumerable.Range(0, groups).SelectMany(g => Enumerable.Range(g, groups - g).Select(h => sums.Variance[g, h]))],
            hidden == 0 ? [] : [new Suppressed(SuppressionRules.MinimumCell, inGroup.Count(n => n > 0))]);
    }

    private static LogRankWithinPartial Held(long rows, string rule, int values) =>
        new(rows, [], [], [], [new Suppressed(rule, values)]);
}
