using Vantage.Algorithms.Tables;

namespace Statistics.Tests.Disclosure.Attack;

/// <summary>Rows of some categories, by combinations of their levels, of which the last may be that a value is missing.</summary>
/// <param name="sizes">Levels of each category, a missing value not counted.</param>
/// <param name="missing">Whether a category has missing values.</param>
/// <param name="counts">Rows of each combination, the last category changing fastest.</param>
internal sealed class AttackedRows(int[] sizes, bool[] missing, IReadOnlyList<long> counts)
{
    public IReadOnlyList<long> Counts => counts;

    public int Categories => sizes.Length;

    public static int Combinations(int[] sizes, bool[] missing) => sizes.Zip(missing).Aggregate(1, (a, s) => a * (s.First + (s.Second ? 1 : 0)));

    /// <summary>Every set of up to three categories.</summary>
    public IEnumerable<int[]> Tables() => Enumerable.Range(1, (1 << Categories) - 1)
        .Select(mask => Enumerable.Range(0, Categories).Where(a => (mask >> a & 1) == 1).ToArray()).Where(axes => axes.Length <= 3);

    /// <summary>The counts of a table of some categories.</summary>
    public long[] Table(int[] axes) => [.. Enumerable.Range(0, axes.Aggregate(1, (a, axis) => a * sizes[axis])).Select(cell => Cell(axes, cell).Sum(c => counts[c]))];

    /// <summary>The combinations that a cell of some categories' table is the sum of.</summary>
    public int[] Cell(int[] axes, int cell)
    {
        var levels = new Dictionary<int, int>();
        foreach (var axis in axes.Reverse())
        {
            levels[axis] = cell % sizes[axis];
            cell /= sizes[axis];
        }

        return [.. Enumerable.Range(0, counts.Count).Where(c => levels.All(l => Level(c, l.Key) == l.Value))];
    }

    /// <summary>The combinations in which none of some categories is missing.</summary>
    public int[] Complete(int[] axes) => [.. Enumerable.Range(0, counts.Count).Where(c => axes.All(a => Level(c, a) < sizes[a]))];

    /// <summary>The cells of a table that are of a level which no row of it has.</summary>
    public IEnumerable<int> None(int[] axes)
    {
        var table = Table(axes);
        var had = axes.Select((_, i) => table.Index().Where(c => c.Item > 0).Select(c => Place(axes, c.Index, i)).ToHashSet()).ToArray();
        return Enumerable.Range(0, table.Length).Where(cell => axes.Index().Any(axis => !had[axis.Index].Contains(Place(axes, cell, axis.Index))));
    }

    /// <summary>One column a category, its levels called l0, l1 and so on.</summary>
    public MemoryTable Columns(int[] axes) => new("t", [.. axes.Select(a => MemoryColumn.Of($"c{a}",
        [.. counts.Index().SelectMany(c => Enumerable.Repeat(Level(c.Index, a) is var level && level < sizes[a] ? $"l{level}" : null, (int)c.Item))]))]);

    private int Place(int[] axes, int cell, int at)
    {
        for (var i = axes.Length - 1; i > at; i--)
            cell /= sizes[axes[i]];
        return cell % sizes[axes[at]];
    }

    private int Level(int combination, int category)
    {
        for (var a = Categories - 1; a > category; a--)
            combination /= sizes[a] + (missing[a] ? 1 : 0);
        return combination % (sizes[category] + (missing[category] ? 1 : 0));
    }
}
