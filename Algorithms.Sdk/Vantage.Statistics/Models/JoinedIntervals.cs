namespace Vantage.Statistics.Models;

/// <summary>Intervals of a grid, joined from the left until each has enough rows.</summary>
/// <param name="Edges">Where they end.</param>
/// <param name="Counts">Rows of each; what is left at the end belongs to the last. None where all together are too few.</param>
internal sealed record JoinedIntervals(IReadOnlyList<double> Edges, IReadOnlyList<long> Counts)
{
    public static JoinedIntervals Of(double[] edges, long[] counts, int fewest)
    {
        var (ends, sums) = (new List<double>(), new List<long>());
        var open = 0L;
        for (var i = 0; i < edges.Length; i++)
        {
            open += counts[i];
            if (open < fewest)
                continue;
            ends.Add(edges[i]);
            sums.Add(open);
            open = 0;
        }

        if (open > 0 && ends.Count > 0)
        {
            sums[^1] += open;
            ends[^1] = edges[Array.FindLastIndex(counts, c => c > 0)];
        }

        return new(ends, sums);
    }
}
