namespace Vantage.Statistics.Models;

/// <summary>How many values have each rank, and how many have a lower one, in logarithmic time (Fenwick, 1994).</summary>
internal sealed class RankCounts(int ranks)
{
    private readonly long[] tree = new long[ranks + 1];

    public void Add(int rank, long count)
    {
        for (var i = rank + 1; i < tree.Length; i += i & -i)
            tree[i] += count;
    }

    /// <summary>How many values have a rank below this one.</summary>
    public long Below(int rank)
    {
        var sum = 0L;
        for (var i = rank; i > 0; i -= i & -i)
            sum += tree[i];
        return sum;
    }
}
