namespace Vantage.Statistics.Ranges;

/// <summary>Counts values between edges.</summary>
/// <param name="edges">Ascending.</param>
/// <param name="right">Whether an interval holds its upper edge, and not the lower one; otherwise the reverse.</param>
internal sealed class BinCounter(IReadOnlyList<double> edges, bool right)
{
    private readonly double[] edges = [.. edges];

    /// <summary>Below the first edge, between each two, above the last: one more than there are edges.</summary>
    public long[] Counts { get; } = new long[edges.Count + 1];

    /// <param name="values">NaN is missing.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
                Counts[Bin(value)]++;
        }
    }

    /// <summary>How many edges are below the value, or at it where it belongs to the upper interval.</summary>
    private int Bin(double value)
    {
        var (low, high) = (0, edges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (value > edges[middle] || (!right && value == edges[middle]))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
