using Vantage.DuckDb;
using Vantage.NodeAgent.Disclosure.Memory;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>Shows each row to who has to know which rows there are: digested by DuckDB, so that no cell has to be read for it.</summary>
internal static class DuckWatch
{
    /// <param name="watch">Who looks.</param>
    /// <param name="session">Where the files are open.</param>
    /// <param name="table">They, in SQL.</param>
    /// <param name="columns">All that they hold.</param>
    /// <param name="seen">What the run sees of it, in SQL.</param>
    public static void Show(RowWatch watch, DuckSession session, string table, IReadOnlyList<DuckColumn> columns, IReadOnlyList<string> seen)
    {
        var complete = watch.LooksForComplete ? string.Join(" AND ", seen.Select(cell => $"nullif(CAST({cell} AS VARCHAR), '') IS NOT NULL")) : "TRUE";
        using var rows = session.Read($"SELECT {Digest(columns)}, CAST({complete} AS BIGINT) FROM {table}");
        while (rows.Next())
        {
            var digests = rows.Longs(0);
            var completes = rows.Longs(1);
            for (var row = 0; row < rows.Rows; row++)
            {
                watch.EndRow((ulong)digests[row], completes[row] != 0);
            }
        }
    }

    /// <summary>The column of a snapshot that a frame is made of.</summary>
    public static string Key(string source, IReadOnlyList<DuckColumn> columns) =>
        $"{DuckSession.Quoted(RowKeys.Prefix(source))} || CAST({Digest(columns)} AS VARCHAR) AS {DuckSession.Named(RowKeys.Column)}";

    /// <summary>Each cell with its length, so that no two rows read the same. The node's key comes later.</summary>
    private static string Digest(IReadOnlyList<DuckColumn> columns) => $"md5_number_lower(concat({string.Join(", ", columns.Select(column =>
        $"coalesce(strlen(CAST({DuckSession.Named(column.Name)} AS VARCHAR)) || ':' || CAST({DuckSession.Named(column.Name)} AS VARCHAR), '-')"))}))";
}
