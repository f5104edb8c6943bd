namespace Vantage.Protocol.Disclosure.Tables;

/// <summary>The sums that margins tell: of all cells that differ in one axis only. Axes of one level have no margins of their own.</summary>
internal static class TableLines
{
    public static IReadOnlyList<int[]> Of(IReadOnlyList<int> axes)
    {
        var sizes = axes.Where(size => size > 1).ToList();
        var cells = sizes.Aggregate(1, (product, size) => product * size);
        var lines = new List<int[]>();
        var stride = 1;
        foreach (var size in sizes.AsEnumerable().Reverse())
        {
            var (step, levels) = (stride, size);
            lines.AddRange(Enumerable.Range(0, cells).Where(cell => cell / step % levels == 0)
                .Select(cell => Enumerable.Range(0, levels).Select(level => cell + (level * step)).ToArray()));
            stride *= size;
        }

        return lines;
    }

    /// <summary>
    /// The sums that are known of a table with hidden cells. In a table of two categories, a level of which nothing is shown is hidden
    /// in the table of its category alone too, if it or one that is hidden with it has too few rows: then only their sum is known.
    /// </summary>
    public static IReadOnlyList<int[]> Known(IReadOnlyList<int> axes, IReadOnlyList<long> all, IReadOnlyCollection<int> held, long minimum)
    {
        var lines = Of(axes);
        if (axes.Where(size => size > 1).ToList() is not [var rows, var columns])
        {
            return lines;
        }

        // The lines of rows come first: each holds the cells of one level of the first category.
        return [.. Pooled(lines.Take(rows)), .. Pooled(lines.Skip(rows).Take(columns))];

        IEnumerable<int[]> Pooled(IEnumerable<int[]> some)
        {
            var byHidden = some.ToLookup(line => line.All(held.Contains));
            var hidden = byHidden[true].ToList();
            return hidden.Exists(line => line.Sum(cell => all[cell]) < minimum)
                ? [.. byHidden[false], [.. hidden.SelectMany(line => line)]]
                : [.. byHidden[false], .. hidden];
        }
    }
}
