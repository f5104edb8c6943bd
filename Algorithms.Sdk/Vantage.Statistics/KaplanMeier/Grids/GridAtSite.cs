using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.KaplanMeier.Grids;

/// <summary>Counts on the grid, and joins intervals until each is large enough to be told.</summary>
internal static class GridAtSite
{
    public static async Task<GridPartial> ComputeAsync(
        GridStep step, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var source = step.Model.Rows(table);
        var all = source.Groups.Count * source.Strata.Count;
        var (rows, cells) = await TimeCounts.CountAsync(new(step.Columns, step.Model), table, cancellationToken);
        var fewest = SurvivalRules.Fewest(rules);
        if (!rules.MaySpeakOf(rows) || rows == 0)
            return new(0, [], fewest, rows == 0 ? [] : [new(SuppressionRules.MinimumCell, 1)]);
        ThrowIfOdd(step, cells.Values);
        var told = new GridCell?[all];
        foreach (var (cell, counts) in cells.Where(c => rules.MaySpeakOf(c.Value.Rows)))
            told[cell] = Cell(rules, counts, [.. step.Edges]);
        var held = cells.Keys.Count(c => told[c] is null);
        return new(
            SurvivalRules.Told(rules, rows), told.All(c => c is null) ? [] : told, fewest,
            held == 0 ? [] : [new(SuppressionRules.MinimumCell, held)]) { Rounding = rules.RoundingTold };
    }

    private static void ThrowIfOdd(GridStep step, IEnumerable<CellCounts> cells)
    {
        if (cells.Any(c => c.HasEntries))
            throw new DataInvalidException("Rows that are watched from a later time on have no curve on a grid.");
        var last = cells.SelectMany(c => c.Times).Max();
        if (!TimeGrid.IsAllowed(step.Edges, last))
            throw new ArgumentsInvalidException("edges", "they are not those of the grid that the span of the times asks for.");
    }

    /// <summary>Null where too few have the event.</summary>
    private static GridCell? Cell(DisclosureRules rules, CellCounts counts, double[] edges)
    {
        var (events, censored) = (new long[edges.Length], new long[edges.Length]);
        foreach (var point in counts.Points())
        {
            var place = Math.Min(TimeTies.LastUpTo(edges, Math.BitDecrement(point.Time)) + 1, edges.Length - 1);
            events[place] += (long)point.Events;
            censored[place] += (long)point.Censored;
        }

        var fewest = SurvivalRules.Fewest(rules);
        var (dying, leaving) = (JoinedIntervals.Of(edges, events, fewest), JoinedIntervals.Of(edges, censored, fewest));
        return dying.Edges.Count == 0
            ? null
            : new(
                SurvivalRules.Told(rules, counts.Rows), dying.Edges, dying.Counts, leaving.Edges, leaving.Counts,
                leaving.Edges.Count == 0 ? rules.Blur(censored.Sum()) : 0);
    }
}
