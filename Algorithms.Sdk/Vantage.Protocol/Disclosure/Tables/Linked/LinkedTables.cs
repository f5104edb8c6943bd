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
        // A table that is a ring by itself was looked at by itself.
        return links.Rings.Where(ring => now.Any(table => Links(table, ring)) && all.Count(table => Links(table, ring)) > 1)
            .Select(ring => Of(ring, all, rules) is var whole && (whole != LinkedVerdict.TooLarge || ring.Count == 3)
                ? whole
                // Where it can't be all at once, then three by three.
                : now.Where(table => Links(table, ring)).SelectMany(links.Triangles).Where(ring.IsSupersetOf)
                    .DistinctBy(three => string.Join('\n', three.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
                    .Select(three => Of(three, all, rules)).DefaultIfEmpty().Max())
            .DefaultIfEmpty().Max();
    }

    private static bool Tells(ToldTable table) => table.Counts.Any(count => count is not null);

    private static bool Links(ToldTable table, IReadOnlySet<string> ring) => Tells(table) && table.Axes.Count(axis => ring.Contains(axis.Column)) > 1;

    private static LinkedVerdict Of(IReadOnlySet<string> columns, ToldTable[] tables, DisclosureRules rules) =>
        JointTable.Of(columns, tables)?.Judge(rules) ?? LinkedVerdict.TooLarge;
}
