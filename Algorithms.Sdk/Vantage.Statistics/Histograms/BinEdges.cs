using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Histograms;

/// <summary>The edges of a histogram by R's rules.</summary>
internal static class BinEdges
{
    /// <summary>Sturges' rule, or about as many as were asked for, on round numbers.</summary>
    public static double[] Of(SharedRange range, int? bins) =>
        PrettyBreaks.Of(range.Low!.Value, range.High!.Value, bins ?? (int)Math.Ceiling(Math.Log2(range.Count) + 1));

    /// <summary>
    /// The edges to count by: moved by a 1e-7 of a bin, so that a value that rounding left beside its edge is counted as if it
    /// lay there, as <c>hist</c> does.
    /// </summary>
    public static double[] Moved(IReadOnlyList<double> edges, bool right, double range)
    {
        double[] widths = [.. edges.Zip(edges.Skip(1), (a, b) => b - a).Order()];
        var move = 1e-7 * (edges.Count > 5 ? Median(widths) : edges.Count <= 3 ? range : widths[0]);
        return [.. edges.Select((e, i) => (right ? i == 0 : i < edges.Count - 1) ? e - move : e + move)];
    }

    private static double Median(double[] sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
