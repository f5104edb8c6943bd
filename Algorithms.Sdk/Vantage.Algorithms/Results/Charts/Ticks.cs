namespace Vantage.Algorithms.Results.Charts;

/// <summary>Round numbers along an axis: steps of 1, 2 or 5 times a power of ten.</summary>
internal static class Ticks
{
    private const int About = 6;

    public static IReadOnlyList<double> Of(ChartAxis axis)
    {
        var span = axis.To - axis.From;
        if (!(span > 0))
            return [axis.From];
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / About)));
        var step = power * (span / About / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        var first = Math.Ceiling((axis.From / step) - 1e-9);
        var count = (int)Math.Floor((axis.To / step) - first + 1e-9) + 1;
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => (first + i) * step)];
    }
}
