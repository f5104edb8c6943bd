using Vantage.DuckDb;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>The statement that writes rows into a file as snapshots are written.</summary>
internal static class CsvCopy
{
    /// <summary>Whether a column stands in quotes, so that the blanks around its texts, or around its name, belong to them.</summary>
    public static bool IsQuoted(ColumnSchema column) => column.Type == ColumnType.Text || column.Name.AsSpan().Trim().Length != column.Name.Length;

    /// <param name="query">The rows.</param>
    /// <param name="inQuotes">Columns that are <see cref="IsQuoted"/>.</param>
    /// <param name="path">The file.</param>
    public static string Of(string query, IEnumerable<string> inQuotes, string path)
    {
        var quoted = inQuotes.Select(DuckSession.Named).ToList();
        return $"COPY ({query}) TO {DuckSession.Quoted(path)} (FORMAT csv, HEADER, USE_TMP_FILE false"
            + (quoted.Count == 0 ? ")" : $", FORCE_QUOTE ({string.Join(", ", quoted)}))");
    }
}
