using Vantage.NodeAgent.Hosting.Yaml;

namespace Vantage.NodeAgent.Data.Rows;

/// <summary>Turns a choice of columns into places in the source.</summary>
internal static class ColumnChooser
{
    /// <summary>
    /// A column that may not be seen is answered like one that is not there, and only columns that may be seen are
    /// suggested: names are not given away by asking.
    /// </summary>
    public static int[] Places(SourceFaults faults, IReadOnlyList<string> columns, ColumnChoice choice)
    {
        var visible = columns.Where(c => choice.Allowed?.Contains(c) ?? true).ToHashSet(StringComparer.Ordinal);
        if (visible.Count == 0)
        {
            throw faults.NothingAllowed();
        }

        if (choice.Asked is { } asked)
        {
            if (asked.FirstOrDefault(c => !visible.Contains(c)) is { } absent)
            {
                throw faults.NoSuchColumn(absent, NearestName.Find(absent, visible));
            }

            visible.IntersectWith(asked);
        }

        return visible.Count == 0
            ? throw faults.NoColumns()
            : [.. Enumerable.Range(0, columns.Count).Where(i => visible.Contains(columns[i]))];
    }
}
