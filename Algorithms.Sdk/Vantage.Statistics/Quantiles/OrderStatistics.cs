using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Quantiles;

/// <summary>
/// Finds values by their ranks from counts alone: of each it keeps an interval that holds it, asks how many values lie below
/// edges inside, and goes on until one double is left. Edges are decimal numbers, each with the double before it, which ends the
/// search at once where the values have few digits, and doubles spread evenly, which ends it in the worst case after some rounds.
/// </summary>
internal sealed class OrderStatistics
{
    private const int MostEdges = 4000;

    private readonly long count;
    private readonly Dictionary<long, (double Below, double Upto)> intervals;

    /// <param name="ranks">Counted from 1.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="low">The smallest.</param>
    /// <param name="high">The largest.</param>
    public OrderStatistics(IEnumerable<long> ranks, long count, double low, double high)
    {
        this.count = count;
        intervals = ranks.Distinct().ToDictionary(r => r, _ => (Math.BitDecrement(low), high));
        Known(1, low);
        Known(count, high);
    }

    public bool IsDone => intervals.Values.All(IsFound);

    public double Of(long rank) => intervals[rank].Upto;

    /// <summary>What to ask next, ascending; empty if nothing is left to ask.</summary>
    public IReadOnlyList<double> Edges()
    {
        var open = intervals.Values.Where(i => !IsFound(i)).Distinct().ToList();
        if (open.Count == 0)
            return [];
        var each = Math.Clamp(MostEdges / open.Count / 3, 8, 200);
        return [.. open.SelectMany(i => OrderedDoubles.Decimals(i.Below, i.Upto, each)
                .SelectMany(d => new[] { Math.BitDecrement(d), d })
                .Concat(OrderedDoubles.Between(i.Below, i.Upto, each))
                .Where(e => e > i.Below && e < i.Upto))
            .Distinct().Order()];
    }

    /// <param name="edges">As asked.</param>
    /// <param name="counts">Values up to the first, above it and up to the second, …, above the last.</param>
    public void Learn(IReadOnlyList<double> edges, IReadOnlyList<long> counts)
    {
        if (counts.Sum() != count)
            throw new DataInvalidException("The sites' data have changed between two rounds: ask again.");
        var before = 0L;
        for (var i = 0; i < edges.Count; i++)
        {
            before += counts[i];
            foreach (var rank in intervals.Keys)
            {
                var (below, upto) = intervals[rank];
                if (before < rank && edges[i] > below)
                    intervals[rank] = (edges[i], upto);
                else if (before >= rank && edges[i] < upto)
                    intervals[rank] = (below, edges[i]);
            }
        }
    }

    private void Known(long rank, double value)
    {
        if (intervals.ContainsKey(rank))
            intervals[rank] = (Math.BitDecrement(value), value);
    }

    private static bool IsFound((double Below, double Upto) interval) => OrderedDoubles.AreNext(interval.Below, interval.Upto);
}
