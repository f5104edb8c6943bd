namespace Vantage.Statistics.Quantiles;

/// <summary>How many of a site's values lie up to each edge of a grid, as far as those it tells of show.</summary>
internal sealed class SiteSteps
{
    private readonly long[] least;
    private readonly long[] most;
    private readonly double[] about;

    /// <param name="grid">All edges.</param>
    /// <param name="told">Some of them.</param>
    /// <param name="counts">Values up to the first that is told, above it and up to the second, …, above the last.</param>
    /// <param name="isInside">Whether the grid is known to hold all of its values.</param>
    /// <param name="rounding">The counts are multiples of it, each at most half of it off.</param>
    public SiteSteps(IReadOnlyList<double> grid, IReadOnlyList<double> told, IReadOnlyList<long> counts, bool isInside, int rounding = 1)
    {
        Grid = grid;
        (least, most, about) = (new long[grid.Count], new long[grid.Count], new double[grid.Count]);
        var (next, below) = (0, 0L);
        for (var e = 0; e < grid.Count; e++)
        {
            while (next < told.Count && told[next] <= grid[e])
                below += counts[next++];
            var isTold = next > 0 && told[next - 1] == grid[e];
            var (off, more) = (rounding / 2, isTold ? 0 : 1);
            (least[e], most[e]) = (Math.Max(0, below - (next * off)), (isTold ? below : below + counts[next]) + ((next + more) * off));
            var (from, to) = (next > 0 ? told[next - 1] : grid[0], next < told.Count ? told[next] : grid[^1]);
            if (isInside && !isTold && e == 0)
                most[e] = 0;
            if (isInside && e == grid.Count - 1)
                least[e] = most[e];
            about[e] = isTold || to <= from ? below : below + (counts[next] * (grid[e] - from) / (to - from));
        }
    }

    public IReadOnlyList<double> Grid { get; }

    public long Least(int edge) => least[edge];

    public long Most(int edge) => most[edge];

    /// <summary>As if the values of a joined interval lay evenly in it.</summary>
    public double About(int edge) => about[edge];
}
