namespace Vantage.Protocol.Disclosure.Tables.Linked;

/// <summary>The counts of all combinations of some columns' levels, of which tables tell sums.</summary>
internal sealed class JointTable
{
    /// <summary>Categories of the largest table that anybody can ask for.</summary>
    private const int MostCategories = 3;

    private readonly JointSpace space;
    private readonly HashSet<int> none;
    private readonly double?[] known;
    private readonly int[] places;
    private readonly LinearBounds? bounds;

    private JointTable(JointSpace space, HashSet<int> none, KnownCounts counts)
    {
        (this.space, this.none, known) = (space, none, counts.Known);
        places = new int[known.Length];
        var next = 0;
        for (var cell = 0; cell < known.Length; cell++)
        {
            places[cell] = known[cell] is null ? next++ : -1;
        }

        bounds = counts.AreImpossible ? null
            : new(next, [.. counts.Sums.Select(sum => sum with { Terms = [.. sum.Terms.Select(cell => places[cell])] })]);
    }

    /// <summary>Null if there are too many combinations.</summary>
    public static JointTable? Of(IEnumerable<string> columns, IReadOnlyList<ToldTable> tables)
    {
        if (JointSpace.Of(columns, tables) is not { } space)
            return null;
        var empty = tables.SelectMany(table => ToldSums.None(space, table)).ToHashSet();
        var counts = KnownCounts.Of(space.Cells, empty, tables.SelectMany(table => ToldSums.Of(space, table)));
        return counts.Known.Count(count => count is null) > LinkedTables.MostCells ? null : new(space, empty, counts);
    }

    /// <summary>
    /// Whether a cell of a table of up to three of the columns is narrowed down that may be one of too few rows. Each bound comes with an
    /// example of what all counts could be, and most cells are seen to be wide by the examples for others.
    /// </summary>
    public LinkedVerdict Judge(DisclosureRules rules)
    {
        if (bounds is not { IsPossible: true })
            return LinkedVerdict.Contradict;
        var cells = Tables().SelectMany(Cells).ToList();
        See(cells);
        return cells.Exists(cell => Narrows(cell, cells, rules)) ? LinkedVerdict.Narrow : LinkedVerdict.Nothing;
    }

    private bool Narrows(JointCell cell, List<JointCell> all, DisclosureRules rules)
    {
        if (cell.IsWide(rules.MinimumCell))
            return false;
        var least = cell.Known + bounds!.Least(cell.Terms);
        See(all);
        if (least > rules.MinimumCell - 0.5 || cell.IsWide(rules.MinimumCell))
            return false;
        var most = cell.Known + bounds.Most(cell.Terms);
        See(all);
        return !HiddenCells.IsWide(least, most, rules.MinimumCell) && !((rules.ZeroCellsPass || cell.MayBeNone) && most < 0.5);
    }

    private void See(List<JointCell> cells)
    {
        var example = bounds!.Example();
        cells.ForEach(cell => cell.See(example));
    }

    /// <summary>The tables of one, two and three of the columns, each of all rows and of those inside and outside of each frame.</summary>
    private IEnumerable<IReadOnlyList<string>> Tables()
    {
        IEnumerable<IReadOnlyList<string>> tables = [[]];
        foreach (var column in space.Columns.Where(column => !space.IsFrame(column)))
        {
            tables = [.. tables, .. tables.Where(some => some.Count < MostCategories).Select(some => (IReadOnlyList<string>)[.. some, column])];
        }

        return tables.Where(some => some.Count > 0)
            .SelectMany(some => space.Columns.Where(space.IsFrame).Select(frame => (IReadOnlyList<string>)[.. some, frame]).Prepend(some))
            .OrderByDescending(some => some.Count);
    }

    /// <summary>Those of a table that are not known to all as cells of a level that there is not.</summary>
    private IEnumerable<JointCell> Cells(IReadOnlyList<string> columns)
    {
        IEnumerable<Dictionary<string, IReadOnlyCollection<string?>>> combinations = [new(StringComparer.Ordinal)];
        foreach (var column in columns)
        {
            combinations = combinations.SelectMany(some => space.Counted(column).Select(level =>
                new Dictionary<string, IReadOnlyCollection<string?>>(some, StringComparer.Ordinal) { [column] = [level] }));
        }

        return combinations.Select(levels => space.With(levels).ToArray()).Where(cells => !cells.All(none.Contains))
            .Select(cells => new JointCell(cells.Sum(cell => known[cell] ?? 0), [.. cells.Where(cell => known[cell] is null).Select(cell => places[cell])])
            {
                // Of nobody outside a frame mostly its own condition tells.
                MayBeNone = columns.Any(space.IsFrame),
            });
    }
}
