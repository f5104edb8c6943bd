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
    /// lay there, as <c>hist</c> does. The outermost one moves in any case, however little: it belongs to its bin even where all
    /// values are the same, or so far from zero that a 1e-7 of a bin is nothing.
    /// </summary>
    public static double[] Moved(IReadOnlyList<double> edges, bool right, double range)
    {
        double[] widths = [.. edges.Zip(edges.Skip(1), (a, b) => b - a).Order()];
        var move = 1e-7 * (edges.Count > 5 ? Median(widths) : edges.Count <= 3 ? range : widths[0]);
        double[] moved = [.. edges.Select((e, i) => (right ? i == 0 : i < edges.Count - 1) ? e - move : e + move)];
        if (right)
            moved[0] = Math.Min(moved[0], Math.BitDecrement(edges[0]));
        else
            moved[^1] = Math.Max(moved[^1], Math.BitIncrement(edges[^1]));
        return moved;
    }

    private static double Median(double[] sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
