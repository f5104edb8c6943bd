namespace Vantage.Protocol.Disclosure.Tables.Linked;

/// <summary>Sums of counts, as far as they don't say of a count what it is.</summary>
internal sealed class KnownCounts
{
    private KnownCounts(double?[] known) => Known = known;

    /// <summary>By combination; null where it does not follow at once.</summary>
    public double?[] Known { get; }

    /// <summary>Of the others, each once.</summary>
    public IReadOnlyList<KnownSum> Sums { get; private set; } = [];

    /// <summary>No counts have these sums.</summary>
    public bool AreImpossible { get; private set; }

    /// <param name="cells">How many combinations there are.</param>
    /// <param name="none">Those of which there are no rows.</param>
    /// <param name="sums">What is known besides.</param>
    public static KnownCounts Of(int cells, IEnumerable<int> none, IEnumerable<KnownSum> sums)
    {
        var counts = new KnownCounts(new double?[cells]);
        foreach (var cell in none)
        {
            counts.Known[cell] = 0;
        }

        counts.Solve(sums);
        return counts;
    }

    /// <summary>A sum of one is that one, and of a sum that is nothing each is nothing; then others are left with fewer terms.</summary>
    private void Solve(IEnumerable<KnownSum> sums)
    {
        Sums = [.. sums];
        while (true)
        {
            var left = Sums.Select(Left).ToList();
            AreImpossible = left.Exists(sum => sum.Most < -0.5 || (sum.Terms.Length == 0 && sum.Least > 0.5));
            Sums = [.. left.Where(sum => sum.Terms.Length > 0).DistinctBy(sum => (string.Join(',', sum.Terms), sum.Least, sum.Most))];
            var solved = Sums.Where(sum => sum.Most < 0.5 || (sum.Terms.Length == 1 && sum.Most - sum.Least < 0.5)).ToList();
            if (AreImpossible || solved.Count == 0)
                return;
            foreach (var cell in solved.SelectMany(sum => sum.Terms.Select(cell => (Cell: cell, Count: sum.Most))))
            {
                Known[cell.Cell] = Math.Max(0, cell.Count);
            }
        }
    }

    private KnownSum Left(KnownSum sum)
    {
        var solved = sum.Terms.Sum(cell => Known[cell] ?? 0);
        return new([.. sum.Terms.Where(cell => Known[cell] is null)], Math.Max(0, sum.Least - solved), sum.Most - solved);
    }
}
