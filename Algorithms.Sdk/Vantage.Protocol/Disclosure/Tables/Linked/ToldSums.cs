namespace Vantage.Protocol.Disclosure.Tables.Linked;

/// <summary>What a table tells of the combinations of some columns: sums of them, and which there are none of.</summary>
internal static class ToldSums
{
    /// <summary>Its counts, where the other columns may be anything; without columns that are looked at elsewhere, where that is a sum of counts.</summary>
    public static IEnumerable<KnownSum> Of(JointSpace space, ToldTable table)
    {
        var columns = space.Columns;
        var dropped = table.Axes.Where(axis => !columns.Contains(axis.Column)).ToList();
        if (dropped.Exists(axis => axis.Missing) || dropped.Count == table.Axes.Count)
            yield break;
        var groups = table.Counts.Select((count, cell) => (Count: count, Levels: Levels(table, cell).Where(l => columns.Contains(l.Column)).ToList()))
            .GroupBy(cell => string.Join('\n', cell.Levels.Select(l => l.Level is null ? "-" : "+" + l.Level)), StringComparer.Ordinal);
        foreach (var group in groups.Select(g => g.ToList()).Where(g => g.TrueForAll(cell => cell.Count is not null)))
        {
            int[] cells = [.. space.With(group[0].Levels.ToDictionary(l => l.Column, l => (IReadOnlyCollection<string?>)[l.Level], StringComparer.Ordinal))];
            yield return Sum(cells, group.Sum(cell => cell.Count!.Value), table.Rounding, group.Count);
        }

        if (table.Rows is { } rows)
            yield return Sum([.. space.With(Kept(table, columns, axis => axis.Levels))], rows, 1, 1);
    }

    /// <summary>Combinations of which a table says that there are none, by not having a level that others have.</summary>
    public static IEnumerable<int> None(JointSpace space, ToldTable table)
    {
        var columns = space.Columns;
        if (table.Axes.Any(axis => !columns.Contains(axis.Column)))
            return [];
        var all = Kept(table, columns, axis => (IReadOnlyCollection<string?>)[.. space.Present(axis.Column), .. axis.Levels.Contains(null) ? [null] : (string?[])[]]);
        var had = space.With(Kept(table, columns, axis => axis.Levels)).ToHashSet();
        return space.With(all).Where(cell => !had.Contains(cell));
    }

    private static Dictionary<string, IReadOnlyCollection<string?>> Kept(
        ToldTable table, IReadOnlyList<string> columns, Func<ToldAxis, IReadOnlyCollection<string?>> levels) =>
        table.Axes.Where(axis => columns.Contains(axis.Column)).ToDictionary(axis => axis.Column, levels, StringComparer.Ordinal);

    private static IEnumerable<(string Column, string? Level)> Levels(ToldTable table, int cell)
    {
        for (var i = table.Axes.Count - 1; i >= 0; i--)
        {
            var axis = table.Axes[i];
            yield return (axis.Column, axis.Levels[cell % axis.Levels.Count]);
            cell /= axis.Levels.Count;
        }
    }

    /// <summary>A rounded count was one of as many as it is rounded to.</summary>
    private static KnownSum Sum(int[] cells, long sum, int rounding, int counts)
    {
        var least = sum - ((long)counts * (rounding / 2));
        return new(cells, Math.Max(0, least), least + ((long)counts * (rounding - 1)));
    }
}
