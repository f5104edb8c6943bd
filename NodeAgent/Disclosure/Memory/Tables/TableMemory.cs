using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Memory.Sketches;
using Vantage.NodeAgent.Disclosure.Tables;
using Vantage.Protocol.Disclosure.Tables;

namespace Vantage.NodeAgent.Disclosure.Memory.Tables;

/// <summary>Which tables of counts left about which rows of one source. Not thread-safe.</summary>
internal sealed class TableMemory
{
    private readonly List<(RowSketch Rows, Dictionary<string, ToldTable> Tables)> sets = [];

    public int Count => sets.Sum(set => set.Tables.Count);

    /// <summary>By set of rows.</summary>
    public IEnumerable<(RowSketch Rows, IReadOnlyList<ToldTable> Tables)> All => sets.Select(set => (set.Rows, (IReadOnlyList<ToldTable>)[.. set.Tables.Values]));

    /// <summary>Those about exactly these rows.</summary>
    public IReadOnlyList<ToldTable> About(RowSketch rows) => Find(rows) is { } tables ? [.. tables.Values] : [];

    /// <summary>Those of some tables that were not told of these rows before.</summary>
    public IReadOnlyList<ToldTable> New(RowSketch rows, IReadOnlyList<ToldTable> tables)
    {
        var known = Find(rows);
        return [.. tables.Select(table => (Key: Key(table), Table: table)).DistinctBy(t => t.Key, StringComparer.Ordinal).Where(t => known?.ContainsKey(t.Key) != true).Select(t => t.Table)];
    }

    public void Add(RowSketch rows, IReadOnlyList<ToldTable> tables)
    {
        if (Find(rows) is not { } known)
        {
            sets.Add((rows, known = new(StringComparer.Ordinal)));
        }

        foreach (var table in tables)
        {
            known[Key(table)] = table;
        }
    }

    public void Clear() => sets.Clear();

    private Dictionary<string, ToldTable>? Find(RowSketch rows) => sets.Find(set => set.Rows.IsOfSameRows(rows)).Tables;

    private static string Key(ToldTable table) => JsonSerializer.Serialize(table, ToldJson.Default.ToldTable);
}
