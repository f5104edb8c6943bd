namespace Vantage.Protocol.Disclosure.Tables.Linked;

/// <summary>What tables of the same rows tell together.</summary>
public enum LinkedVerdict
{
    /// <summary>Of no cell more than may be known.</summary>
    Nothing,

    /// <summary>They narrow a cell down that is, or may be, one of too few rows.</summary>
    Narrow,

    /// <summary>Nobody can look in reasonable time.</summary>
    TooLarge,

    /// <summary>There are no rows that all of them could be of: so they are not what they are said to be.</summary>
    Contradict,
}

/// <summary>
/// Tables of the same rows, each harmless alone. Two that share one category tell nothing of each other's cells. Where tables link
/// categories in a ring, as the three tables of two out of three do, linear programs over all combinations may narrow down a cell of a
/// table that nobody was shown. Whoever asks may have any of these tables, so the cells of all tables of up to three categories are
/// looked at.
/// </summary>
public static class LinkedTables
{
    /// <summary>Combinations of the linked categories' levels, without those that are known, that are looked at together.</summary>
    public const int MostCells = 1024;

    /// <summary>What some tables tell if they leave after others.</summary>
    /// <param name="before">Those that left.</param>
    /// <param name="now">Those that would leave.</param>
    /// <param name="rules">What may be known of a cell.</param>
    public static LinkedVerdict Judge(IReadOnlyList<ToldTable> before, IReadOnlyList<ToldTable> now, DisclosureRules rules)
    {
        ToldTable[] all = [.. before, .. now];
        var links = new ColumnLinks(all.Where(Tells));
        var frames = all.SelectMany(table => table.Axes).Where(axis => axis.IsFrame).Select(axis => axis.Column).ToHashSet(StringComparer.Ordinal);
        return links.Blocks.Where(IsAbout).Select(Judge).DefaultIfEmpty().Max();

        // A table that is a block by itself was looked at by itself.
        bool IsAbout(IReadOnlySet<string> block) => now.Any(table => Links(table, block)) && all.Count(table => Links(table, block)) > 1;

        // Two columns tell of each other what their one table does. A frame's count and that of all rows are two tables of one column.
        bool Links(ToldTable table, IReadOnlySet<string> block) => Tells(table)
            && (block.Overlaps(frames) ? table.Axes.Any(axis => block.Contains(axis.Column)) : block.Count > 2 && table.Axes.Count(axis => block.Contains(axis.Column)) > 1);

        LinkedVerdict Judge(IReadOnlySet<string> block) => Of(block, all, rules) is var whole && (whole != LinkedVerdict.TooLarge || block.Count == 3)
            ? whole
            // Where it can't be all at once, then some by some.
            : now.Where(table => Links(table, block)).SelectMany(table => links.Parts(table, frames.Where(block.Contains))).Where(block.IsSupersetOf)
                .DistinctBy(part => string.Join('\n', part.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
                .Select(part => Of(part, all, rules)).DefaultIfEmpty().Max();
    }

    private static bool Tells(ToldTable table) => table.Counts.Any(count => count is not null);

    private static LinkedVerdict Of(IReadOnlySet<string> columns, ToldTable[] tables, DisclosureRules rules) =>
        JointTable.Of(columns, tables)?.Judge(rules) ?? LinkedVerdict.TooLarge;
}
