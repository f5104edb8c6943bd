using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Quantiles;

/// <summary>The partial: one pass over the columns.</summary>
internal static class QuantilesAtSite
{
    public static async Task<QuantilePartial> ComputeAsync(
        DisclosureRules rules, QuantileStep step, ITable table, CancellationToken cancellationToken)
    {
        var counters = step.Edges.Select(e => new BinCounter(e, right: true)).ToList();
        await foreach (var batch in table.ReadAsync(
            [.. step.Columns.Select(c => new ColumnSchema(c, ColumnType.Number))], cancellationToken))
        {
            for (var i = 0; i < counters.Count; i++)
                counters[i].Add(batch.Numbers(i).Values.Span);
        }

        return new([.. step.Columns.Select((c, i) => Told(c, step.Edges[i], counters[i].Counts, rules))]);
    }

    /// <summary>Intervals with too few values are joined to their neighbours: each that is told of has enough, or all have none.</summary>
    private static ColumnCounts Told(string name, IReadOnlyList<double> edges, long[] counts, DisclosureRules rules)
    {
        var rows = counts.Sum();
        if (rules.IsOff)
            return new(name, rows, null, counts);
        if (!rules.MaySpeakOf(rows) || rows == 0)
            return new(name, 0, [], [0]);
        // No more of them than a category of so many rows may have levels.
        var enough = Math.Max(rules.MinimumCell, (long)Math.Ceiling(1 / rules.LevelsShare));
        var (told, joined) = (new List<double>(), new List<long>());
        var (open, rest) = (0L, rows);
        for (var i = 0; i < edges.Count; i++)
        {
            open += counts[i];
            rest -= counts[i];
            if (open < enough || rest < enough)
                continue;
            told.Add(edges[i]);
            joined.Add(open);
            open = 0;
        }

        return new(name, rows, told, [.. joined, rows - joined.Sum()]) { Rounding = rules.RoundingTold };
    }
}
