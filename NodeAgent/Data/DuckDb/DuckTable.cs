using Vantage.DuckDb;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>Parquet files as one table of SQL.</summary>
/// <param name="Sql">What to select from.</param>
/// <param name="Columns">All that they hold.</param>
internal sealed record DuckTable(string Sql, IReadOnlyList<DuckColumn> Columns)
{
    public static DuckTable Open(DuckSession session, DuckFaults faults, IReadOnlyList<string> paths)
    {
        var files = $"[{string.Join(", ", paths.Select(DuckSession.Quoted))}]";
        var table = $"read_parquet({files}, hive_partitioning = false)";
        var columns = Read(session, $"DESCRIBE SELECT * FROM {table}", row => new DuckColumn(row(0), row(1)));
        // SQL takes names in large and small letters for the same, and DuckDB calls the second one otherwise.
        var own = Read(session, $"SELECT DISTINCT name FROM parquet_schema({files})", row => row(0)).ToHashSet(StringComparer.Ordinal);
        return columns.FirstOrDefault(column => !own.Contains(column.Name)) is { } renamed ? throw faults.SameName(renamed.Name) : new(table, columns);
    }

    private static List<T> Read<T>(DuckSession session, string sql, Func<Func<int, string>, T> take)
    {
        var found = new List<T>();
        using var rows = session.Read(sql);
        while (rows.Next())
        {
            for (var row = 0; row < rows.Rows; row++)
            {
                found.Add(take(column => rows.Text(column, row)));
            }
        }

        return found;
    }
}
