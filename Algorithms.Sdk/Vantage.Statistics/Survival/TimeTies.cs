namespace Vantage.Statistics.Survival;

/// <summary>
/// Times that differ by rounding only count as the same, as in R (<c>aeqSurv</c>): 0.1 + 0.2 and 0.3 would otherwise be two times
/// with one event each.
/// </summary>
internal static class TimeTies
{
    private const double Tolerance = 1.0 / (1 << 26);

    /// <summary>The first of each run of times that are the same; null where all of them differ.</summary>
    /// <param name="times">All times, starts among them; finite.</param>
    public static double[]? Cuts(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Distinct().Order()];
        if (sorted.Length == 0)
            return null;
        var mean = sorted.Average(Math.Abs);
        double[] cuts = [.. sorted.Where((t, i) => i == 0 || !IsSame(t - sorted[i - 1], mean))];
        return cuts.Length == sorted.Length ? null : cuts;
    }

    /// <summary>The cut that a time belongs to.</summary>
    public static double Snap(double[]? cuts, double time) =>
        cuts is null || double.IsInfinity(time) ? time : cuts[Math.Max(0, LastUpTo(cuts, time))];

    /// <summary>The place of the last that is not greater; −1 if all are.</summary>
    public static int LastUpTo(double[] sorted, double time)
    {
        var at = Array.BinarySearch(sorted, time);
        return at >= 0 ? at : ~at - 1;
    }

    private static bool IsSame(double difference, double mean) =>
        difference <= Tolerance || difference / mean <= Tolerance;
}
