namespace Vantage.Protocol.Disclosure.Tables.Linked;

/// <summary>All combinations of the levels of some columns. A missing value is a level where rows may miss one.</summary>
internal sealed class JointSpace
{
    /// <summary>More are not even listed.</summary>
    public const int MostCombinations = 1 << 16;

    private readonly IReadOnlyList<(string Column, IReadOnlyList<string?> Levels, bool IsFrame)> axes;

    private JointSpace(IReadOnlyList<(string Column, IReadOnlyList<string?> Levels, bool IsFrame)> axes, int cells) => (this.axes, Cells) = (axes, cells);

    public int Cells { get; }

    public IReadOnlyList<string> Columns => [.. axes.Select(axis => axis.Column)];

    /// <summary>Null if there are too many.</summary>
    public static JointSpace? Of(IEnumerable<string> columns, IReadOnlyList<ToldTable> tables)
    {
        var known = columns.Order(StringComparer.Ordinal).Select(column =>
        {
            var told = tables.SelectMany(t => t.Axes).Where(a => a.Column == column).ToList();
            var levels = told.SelectMany(a => a.Levels).Distinct(StringComparer.Ordinal).Where(level => level is not null);
            IReadOnlyList<string?> all = told.Exists(a => a.Missing || a.Levels.Contains(null)) ? [.. levels, null] : [.. levels];
            return (column, all, told.Exists(a => a.IsFrame));
        }).ToList();
        var cells = known.Aggregate(1.0, (product, axis) => product * axis.all.Count);
        return cells > MostCombinations ? null : new(known, (int)cells);
    }

    public bool IsFrame(string column) => axes.First(a => a.Column == column).IsFrame;

    /// <summary>The levels of which a cell may be too small: those of a column that are there, and for a frame the rows outside as well.</summary>
    public IReadOnlyList<string?> Counted(string column) => IsFrame(column) ? axes.First(a => a.Column == column).Levels : Present(column);

    /// <summary>The levels of a column, a missing value not among them.</summary>
    public IReadOnlyList<string> Present(string column) => [.. axes.First(a => a.Column == column).Levels.OfType<string>()];

    /// <summary>The combinations with these levels of some columns.</summary>
    /// <param name="levels">By column, those that it may have; a column that is not named may have any.</param>
    public IEnumerable<int> With(IReadOnlyDictionary<string, IReadOnlyCollection<string?>> levels)
    {
        IEnumerable<int> cells = [0];
        foreach (var (column, all, _) in axes)
        {
            var allowed = Enumerable.Range(0, all.Count).Where(i => !levels.TryGetValue(column, out var some) || some.Contains(all[i])).ToArray();
            cells = cells.SelectMany(cell => allowed.Select(level => (cell * all.Count) + level));
        }

        return cells;
    }
}
