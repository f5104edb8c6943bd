using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Roc;

/// <summary>One pass over the rows, the counts in memory.</summary>
internal static class RocAtSite
{
    public static async Task<RocPartial> ComputeAsync(
        RocStep step, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var model = new SiteModel(step.Model, table);
        var score = model.Frame.Variables is [NumberSlot number] ? number
            : throw new DataInvalidException($"The score of '{table.Label}' holds text, and it has to be a number.");
        var (positive, negative) = (new SortedDictionary<double, long>(), new SortedDictionary<double, long>());
        var rows = 0L;
        await foreach (var batch in model.Frame.ReadAsync(cancellationToken))
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!batch.IsComplete[row])
                    continue;
                rows++;
                var isPositive = model.Frame.Outcome switch
                {
                    NumberSlot outcome => outcome.Values[row] == 1,
                    FactorSlot outcome => outcome.Codes[row] == 1,
                    _ => throw new InvalidOperationException("The hierarchy is closed."),
                };
                var counts = isPositive ? positive : negative;
                counts[score.Values[row]] = counts.GetValueOrDefault(score.Values[row]) + 1;
            }
        }

        if (!rules.MaySpeakOf(rows))
            return new(0, null, null, null, [new(SuppressionRules.MinimumCell, 1)]);
        var told = ToldRows.Of(rules, rows);
        if (step.Edges is { } edges)
            return InIntervals(rules, told, [.. edges], positive, negative);
        if (rules.IsOff)
            return new(told, null, Exact(positive), Exact(negative), []);
        var all = positive.Keys.Concat(negative.Keys).ToList();
        return new(told, rows == 0 ? null : BlurredBounds.Of(rules, rows, all.Min(), all.Max()), null, null, []);
    }

    private static RocPartial InIntervals(
        DisclosureRules rules, long rows, double[] edges, SortedDictionary<double, long> positive, SortedDictionary<double, long> negative)
    {
        if (rows == 0)
            return new(0, null, new([], []), new([], []), []);
        var fewest = Math.Max(1, rules.MinimumCell);
        var (with, without) = (Joined(edges, positive, fewest), Joined(edges, negative, fewest));
        return with.Edges.Count == 0 || without.Edges.Count == 0
            ? new(rows, null, null, null, [new(SuppressionRules.MinimumCell, 2)])
            : new(rows, null, with, without, []) { Rounding = rules.RoundingTold };
    }

    private static ScoreCounts Exact(SortedDictionary<double, long> counts) => new([.. counts.Keys], [.. counts.Values]);

    private static ScoreCounts Joined(double[] edges, SortedDictionary<double, long> counts, int fewest)
    {
        var fine = new long[edges.Length];
        foreach (var (score, count) in counts)
            fine[Math.Min(edges.Length - 1, Survival.TimeTies.LastUpTo(edges, Math.BitDecrement(score)) + 1)] += count;
        var joined = JoinedIntervals.Of(edges, fine, fewest);
        // On every second edge, so that it is as coarse as the ends of a range may be.
        var first = Math.Max(0, Array.FindIndex(fine, c => c > 0)) / 2 * 2;
        return new(joined.Edges, joined.Counts, first == 0 ? null : edges[first - 1]);
    }
}
