using Vantage.DuckDb;

namespace Vantage.Tests.NodeAgent.Data.DuckDb;

/// <summary>Writes files with DuckDB, as a site's own tools would.</summary>
internal static class DuckFile
{
    public static void Write(string path, string select, CancellationToken cancellationToken, string options = "FORMAT parquet")
    {
        using var session = new DuckSession(new(), [path], path + ".tmp", cancellationToken);
        session.Run($"COPY ({select}) TO {DuckSession.Quoted(path)} ({options}, USE_TMP_FILE false)");
    }
}
