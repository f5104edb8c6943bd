namespace Statistics.Tests.Disclosure.Attack;

/// <summary>
/// Somebody who asks a site for the table of some categories, and for every table of fewer of them, and puts all answers together by
/// linear programs. What they know are the counts that leave; no margin that they were not told.
/// </summary>
internal sealed class TableAttack
{
    private readonly int[] sizes;
    private readonly Simplex program;

    /// <param name="sizes">Levels of each category.</param>
    /// <param name="answers">For each set of categories asked for, by their places, what left: null for a cell that was held back.</param>
    /// <param name="rows">The site's, where it says how many.</param>
    public TableAttack(int[] sizes, IEnumerable<(int[] Axes, IReadOnlyList<long?> Counts)> answers, long? rows)
    {
        this.sizes = sizes;
        var cells = sizes.Aggregate(1, (a, b) => a * b);
        var known = answers.SelectMany(a => a.Counts.Select((count, cell) => (Terms: Of(a.Axes, cell), Count: count)))
            .Where(a => a.Count is not null).Select(a => (a.Terms, a.Count!.Value));
        program = new(cells, [.. known, .. rows is { } all ? [(Enumerable.Range(0, cells).ToArray(), all)] : (IEnumerable<(int[], long)>)[]]);
    }

    /// <summary>Every set of categories, all of them last.</summary>
    public static IEnumerable<int[]> Subsets(int categories) =>
        Enumerable.Range(1, (1 << categories) - 1).Select(mask => Enumerable.Range(0, categories).Where(a => (mask >> a & 1) == 1).ToArray());

    /// <summary>The counts of a table of some categories.</summary>
    public long[] Margin(IReadOnlyList<long> cells, int[] axes) =>
        [.. Enumerable.Range(0, axes.Aggregate(1, (a, axis) => a * sizes[axis])).Select(cell => Of(axes, cell).Sum(c => cells[c]))];

    public (double Least, double Most) Bounds(int[] axes, int cell) => program.Of(Of(axes, cell));

    /// <summary>The cells of the whole table that a cell of some categories' table is the sum of.</summary>
    private int[] Of(int[] axes, int cell)
    {
        var levels = new Dictionary<int, int>();
        foreach (var axis in axes.Reverse())
        {
            levels[axis] = cell % sizes[axis];
            cell /= sizes[axis];
        }

        return [.. Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Where(whole =>
        {
            for (var axis = sizes.Length - 1; axis >= 0; axis--)
            {
                if (levels.TryGetValue(axis, out var level) && whole % sizes[axis] != level)
                    return false;
                whole /= sizes[axis];
            }

            return true;
        })];
    }
}
