namespace Vantage.Statistics.KaplanMeier.Grids;

/// <summary>
/// The times at which curves are told where exact ones do not leave the sites: multiples of 1, 2 or 5 times a power of ten, forty at
/// the most. The span of the times decides which, so that nobody can ask for two grids and subtract.
/// </summary>
internal static class TimeGrid
{
    private const int Most = 40;

    /// <param name="horizon">After which no time lies.</param>
    public static double[] Edges(double horizon)
    {
        var power = Math.Floor(Math.Log10(horizon / Most));
        var width = Width(power, m => m * Math.Pow(10, power) * Most >= horizon);
        return [.. Enumerable.Range(1, (int)Math.Ceiling((horizon / width) - 1e-9)).Select(i => i * width)];
    }

    /// <summary>Whether these are the edges of such a grid, and none finer than the times of this site ask for.</summary>
    /// <param name="edges">As the site is asked.</param>
    /// <param name="horizon">The site's own.</param>
    public static bool IsAllowed(IReadOnlyList<double> edges, double horizon) =>
        edges.Count is > 0 and <= Most && double.IsFinite(edges[^1]) && edges[^1] >= horizon * (1 - 1e-9) && edges[0] > 0
        && edges.SequenceEqual(Edges(edges[^1])) && edges[0] >= Edges(horizon)[0] * (1 - 1e-9);

    private static double Width(double power, Func<double, bool> isEnough)
    {
        var factor = new double[] { 1, 2, 5, 10 }.First(isEnough);
        return factor * Math.Pow(10, power);
    }
}
