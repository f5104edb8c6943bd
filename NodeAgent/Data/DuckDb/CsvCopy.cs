using Vantage.DuckDb;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>The statement that writes rows into a file as snapshots are written.</summary>
internal static class CsvCopy
{
    /// <param name="query">The rows.</param>
    /// <param name="texts">Columns of texts: they stand in quotes, so that the blanks around them belong to them.</param>
    /// <param name="path">The file.</param>
    public static string Of(string query, IEnumerable<string> texts, string path)
    {
        var quoted = texts.Select(DuckSession.Named).ToList();
        return $"COPY ({query}) TO {DuckSession.Quoted(path)} (FORMAT csv, HEADER, USE_TMP_FILE false"
            + (quoted.Count == 0 ? ")" : $", FORCE_QUOTE ({string.Join(", ", quoted)}))");
    }
}
