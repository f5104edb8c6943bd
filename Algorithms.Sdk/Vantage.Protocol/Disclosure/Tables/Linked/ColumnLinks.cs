namespace Vantage.Protocol.Disclosure.Tables.Linked;

/// <summary>Which columns stand in a table together, as a graph: what one table tells of another's cells goes round in it.</summary>
internal sealed class ColumnLinks
{
    private readonly Dictionary<string, HashSet<string>> beside = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> depths = new(StringComparer.Ordinal);
    private readonly Stack<string> open = new();

    public ColumnLinks(IEnumerable<ToldTable> tables)
    {
        foreach (var axis in tables.SelectMany(t => t.Axes.Select(a => (a.Column, Others: t.Axes.Select(o => o.Column).Where(o => o != a.Column)))))
        {
            if (!beside.TryGetValue(axis.Column, out var others))
                beside[axis.Column] = others = new(StringComparer.Ordinal);
            others.UnionWith(axis.Others);
        }

        foreach (var column in beside.Keys.Where(c => !depths.ContainsKey(c)))
        {
            Walk(column, 0, null);
        }
    }

    /// <summary>
    /// Two linked columns, or all that lie on rings together: the graph's blocks, which have no more than one column in common (Hopcroft
    /// and Tarjan 1973). Between blocks nothing is told but that column's own counts.
    /// </summary>
    public List<IReadOnlySet<string>> Blocks { get; } = [];

    /// <summary>Every three columns that are linked with each other, two of them by this table; and all of its own beside a frame.</summary>
    /// <param name="table">Of which at least two columns are linked.</param>
    /// <param name="frames">Which columns are frames.</param>
    public IEnumerable<IReadOnlySet<string>> Parts(ToldTable table, IEnumerable<string> frames) =>
    [
        .. Pairs(table).SelectMany(pair => beside[pair.One].Intersect(beside[pair.Other]).Select(third => Set([pair.One, pair.Other, third]))),
        .. frames.Select(frame => Set([.. table.Axes.Select(axis => axis.Column), frame])),
    ];

    private static HashSet<string> Set(IEnumerable<string> columns) => new(columns, StringComparer.Ordinal);

    private static IEnumerable<(string One, string Other)> Pairs(ToldTable table) =>
        table.Axes.SelectMany((a, i) => table.Axes.Skip(i + 1).Select(b => (a.Column, b.Column)));

    /// <returns>The least depth that can be come back to from here, by a link that was not used on the way.</returns>
    private int Walk(string column, int depth, string? from)
    {
        var back = depths[column] = depth;
        open.Push(column);
        foreach (var next in beside[column].Where(c => c != from))
        {
            if (depths.TryGetValue(next, out var known))
            {
                back = Math.Min(back, known);
                continue;
            }

            var theirs = Walk(next, depth + 1, column);
            back = Math.Min(back, theirs);
            if (theirs >= depth)
                Close(column, next);
        }

        return back;
    }

    /// <summary>What was come upon since, and leads back to no further than here, is a block with it.</summary>
    private void Close(string top, string last)
    {
        var block = new HashSet<string>(StringComparer.Ordinal) { top };
        string column;
        do
        {
            column = open.Pop();
            block.Add(column);
        }
        while (column != last);
        Blocks.Add(block);
    }
}
