using Vantage.DuckDb;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>How a kind of file is read by DuckDB.</summary>
/// <param name="Name">As node.yaml calls it.</param>
/// <param name="Words">As people do.</param>
internal abstract record DuckFormat(string Name, string Words)
{
    public static readonly DuckFormat Parquet = new ParquetFormat();
    public static readonly DuckFormat JsonLines = new JsonLinesFormat();

    public static IReadOnlyList<DuckFormat> All { get; } = [Parquet, JsonLines];

    public static DuckFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>The files as a table of SQL, and its columns.</summary>
    /// <param name="declared">Types of columns, for files that have no rows to say what there is.</param>
    public abstract (string Table, IReadOnlyList<DuckColumn> Columns) Open(
        DuckSession session, IReadOnlyList<string> paths, IReadOnlyDictionary<string, ColumnType> declared);

    /// <summary>Where files are broken, found by other means, once DuckDB could not read them; null if that is not known.</summary>
    public abstract string? FirstFault(IReadOnlyList<string> paths);

    protected static string List(IReadOnlyList<string> paths) => $"[{string.Join(", ", paths.Select(DuckSession.Quoted))}]";

    protected static IReadOnlyList<DuckColumn> Describe(DuckSession session, string table)
    {
        var columns = new List<DuckColumn>();
        using var described = session.Read($"DESCRIBE SELECT * FROM {table}");
        while (described.Next())
        {
            for (var row = 0; row < described.Rows; row++)
            {
                columns.Add(new DuckColumn(described.Text(0, row), described.Text(1, row)));
            }
        }

        return columns;
    }

    private sealed record ParquetFormat() : DuckFormat("parquet", "Parquet")
    {
        public override (string Table, IReadOnlyList<DuckColumn> Columns) Open(
            DuckSession session, IReadOnlyList<string> paths, IReadOnlyDictionary<string, ColumnType> declared)
        {
            var table = $"read_parquet({List(paths)}, hive_partitioning = false)";
            return (table, Describe(session, table));
        }

        public override string? FirstFault(IReadOnlyList<string> paths) => ParquetEnds.FirstFault(paths);
    }

    private sealed record JsonLinesFormat() : DuckFormat("jsonl", "JSON lines")
    {
        private const string Options = "format = 'newline_delimited', records = true, maximum_object_size = 16777216";

        /// <summary>All rows are looked at for the columns. What looks like a date is a text all the same, and stays as it stands.</summary>
        public override (string Table, IReadOnlyList<DuckColumn> Columns) Open(
            DuckSession session, IReadOnlyList<string> paths, IReadOnlyDictionary<string, ColumnType> declared)
        {
            if (declared.Count > 0 && paths.All(path => new FileInfo(path).Length == 0))
            {
                return Empty(declared);
            }

            var found = Describe(session, $"read_json({List(paths)}, {Options}, sample_size = -1, map_inference_threshold = -1, union_by_name = true)");
            IReadOnlyList<DuckColumn> columns = [.. found.Select(column => column.Natural switch
            {
                ColumnType.Number => column,
                null when column.Held != "JSON" => column,
                _ => column with { Held = "VARCHAR" },
            })];
            var types = columns.Select(c => $"{DuckSession.Quoted(c.Name)}: {DuckSession.Quoted(c.Natural is null ? "JSON" : c.Held)}");
            return ($"read_json({List(paths)}, {Options}, columns = {{{string.Join(", ", types)}}})", columns);
        }

        public override string? FirstFault(IReadOnlyList<string> paths) => JsonLineFaults.First(paths);

        private static (string Table, IReadOnlyList<DuckColumn> Columns) Empty(IReadOnlyDictionary<string, ColumnType> declared)
        {
            IReadOnlyList<DuckColumn> columns = [.. declared.Select(type => new DuckColumn(type.Key, type.Value == ColumnType.Number ? "DOUBLE" : "VARCHAR"))];
            return ($"(SELECT {string.Join(", ", columns.Select(c => $"NULL::{c.Held} AS {DuckSession.Named(c.Name)}"))} WHERE false)", columns);
        }
    }
}
