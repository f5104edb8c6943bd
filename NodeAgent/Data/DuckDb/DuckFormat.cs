using Vantage.DuckDb;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>How a kind of file is read by DuckDB.</summary>
/// <param name="Name">As node.yaml calls it.</param>
/// <param name="Words">As people do.</param>
internal abstract record DuckFormat(string Name, string Words)
{
    public static readonly DuckFormat Parquet = new ParquetFormat();

    public static IReadOnlyList<DuckFormat> All { get; } = [Parquet];

    public static DuckFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>The file as a table of SQL.</summary>
    public abstract string Table(string path);

    private sealed record ParquetFormat() : DuckFormat("parquet", "Parquet")
    {
        public override string Table(string path) => $"read_parquet({DuckSession.Quoted(path)}, hive_partitioning = false)";
    }
}
