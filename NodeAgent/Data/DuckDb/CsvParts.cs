using Vantage.DuckDb;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>
/// A table of many columns is worked on some columns at a time, and written as files that are laid side by side: what DuckDB takes
/// to plan a statement grows with the square of what it computes, and its memory with the columns that it holds.
/// </summary>
internal static class CsvParts
{
    public const int Together = 250;

    /// <summary>In their order, in parts of about one size.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> columns)
    {
        // A single column would be written otherwise than among others where it is missing: there is none, but of a table of one.
        var parts = Math.Max(1, (columns.Count + Together - 1) / Together);
        return [.. Enumerable.Range(0, parts).Select(part =>
            (IReadOnlyList<T>)[.. columns.Skip(columns.Count * part / parts).Take((columns.Count * (part + 1) / parts) - (columns.Count * part / parts))])];
    }

    /// <summary>The files that a session has to be let write.</summary>
    public static IReadOnlyList<string> Files(string path, int parts) => parts == 1 ? [path] : [.. Enumerable.Range(0, parts).Select(part => $"{path}.part{part}")];

    /// <summary>How many rows it wrote.</summary>
    /// <param name="session">Lets the <see cref="Files"/> be written.</param>
    /// <param name="parts">Statements that give the same rows in the same order, and which columns each gives.</param>
    /// <param name="path">The file.</param>
    public static long Write(DuckSession session, IReadOnlyList<(string Query, IReadOnlyList<ColumnSchema> Columns)> parts, string path)
    {
        var files = Files(path, parts.Count);
        try
        {
            var rows = parts.Zip(files, (part, file) => session.Run(CsvCopy.Of(part.Query, part.Columns.Where(CsvCopy.IsQuoted).Select(column => column.Name), file))).ToList();
            if (parts.Count > 1)
            {
                Join(files, path);
            }

            return rows[0];
        }
        finally
        {
            foreach (var file in files.Where(file => file != path))
            {
                File.Delete(file);
            }
        }
    }

    private static void Join(IReadOnlyList<string> files, string path)
    {
        List<CsvRecords> parts = [.. files.Select(file => new CsvRecords(file))];
        try
        {
            using var to = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
            while (parts[0].Next(out var first))
            {
                to.Write(first);
                foreach (var part in parts.Skip(1))
                {
                    to.WriteByte((byte)',');
                    to.Write(part.Next(out var record) ? record : throw Unequal());
                }

                to.WriteByte((byte)'\n');
            }

            if (parts.Exists(part => part.Next(out _)))
            {
                throw Unequal();
            }
        }
        finally
        {
            parts.ForEach(part => part.Dispose());
        }
    }

    private static InvalidOperationException Unequal() => new("Parts of one table have different numbers of rows.");
}
