using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Models;

/// <summary>
/// How many rows have a one in each pair of a model matrix's columns of zeros and ones: what sums of their products tell, in whatever
/// round and with whatever weights.
/// </summary>
internal sealed class PairCounts(int width)
{
    private readonly bool[] holdsOthers = new bool[width];
    private readonly long[] counts = new long[width * width];
    private readonly int[] ones = new int[width];

    /// <param name="x">A row.</param>
    public void Add(ReadOnlySpan<double> x)
    {
        var many = 0;
        for (var j = 0; j < x.Length; j++)
        {
            if (x[j] == 1)
                ones[many++] = j;
            else if (x[j] != 0)
                holdsOthers[j] = true;
        }

        for (var a = 0; a < many; a++)
        {
            for (var b = a; b < many; b++)
                counts[(ones[a] * width) + ones[b]]++;
        }
    }

    /// <summary>Whether a cell of two columns' table has some rows and fewer than the rules ask for. An empty one tells nothing: two levels of one category never meet.</summary>
    public bool AreTooFew(DisclosureRules rules)
    {
        for (var i = 0; i < width; i++)
        {
            for (var j = i + 1; j < width; j++)
            {
                var both = counts[(i * width) + j];
                if (!holdsOthers[i] && !holdsOthers[j] && both > 0
                    && (IsFew(both) || IsFew(counts[(i * width) + i] - both) || IsFew(counts[(j * width) + j] - both)))
                {
                    return true;
                }
            }
        }

        return false;

        bool IsFew(long count) => count > 0 && count < rules.MinimumCell;
    }
}
