namespace Vantage.Cli.Sandboxes.Data;

/// <summary>What a file is by its name. A node reads them by the same endings.</summary>
internal enum FileFormat
{
    Csv,
    Parquet,
    JsonLines,
    Excel,
}

internal static class FileFormats
{
    private static readonly Dictionary<string, FileFormat> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = FileFormat.Csv,
        [".tsv"] = FileFormat.Csv,
        [".parquet"] = FileFormat.Parquet,
        [".jsonl"] = FileFormat.JsonLines,
        [".ndjson"] = FileFormat.JsonLines,
        [".xlsx"] = FileFormat.Excel,
    };

    /// <summary>Of files that are taken out of a folder.</summary>
    public static IReadOnlyCollection<string> Endings => ByEnding.Keys;

    /// <summary>Whatever ends otherwise is taken for text.</summary>
    public static FileFormat Of(string path) => ByEnding.GetValueOrDefault(Path.GetExtension(path), FileFormat.Csv);
}
