using Vantage.DuckDb;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>What can be wrong with a file that DuckDB reads. What DuckDB itself says may quote cells, and is not passed on.</summary>
internal sealed class DuckFaults(ParquetSettings settings) : SourceFaults(settings.Words)
{
    public SourceException Of(DuckException fault, IReadOnlyList<string> files) => fault.Message switch
    {
        var text when text.Contains("Out of Memory", StringComparison.OrdinalIgnoreCase) || text.Contains("max_temp_directory_size", StringComparison.Ordinal) =>
            new(RunCodes.DataUnavailable, $"{Source}: reading it takes more than the {settings.Caps.MemoryMiB} MiB of memory and"
                + $" {settings.Caps.TempMiB} MiB of disk that the node allows for it ('duckdb' in node.yaml). Write it with smaller row groups, or as several files."),
        _ when ParquetEnds.FirstFault(files) is { } place => SourceException.Invalid($"{Source}: {place}"),
        var text when files.Count > 1 && (text.Contains("schema mismatch", StringComparison.OrdinalIgnoreCase) || text.Contains("multiple files", StringComparison.OrdinalIgnoreCase)) =>
            SourceException.Invalid($"{Source}: the files have not all the same columns. The files of one source have the same names and types."),
        _ => Damaged(),
    };

    public SourceException Damaged() => SourceException.Invalid(
        $"{Source}: no Parquet file, or a damaged one: it can't be read to its end. Was it copied whole? Its digest where it"
        + " came from, compared with the one here, says so.");

    public SourceException NotInstalled() => new(RunCodes.DataUnavailable, $"{Source}: {DuckLibrary.Absence}");

    /// <param name="renamed">What DuckDB calls the second.</param>
    public SourceException SameName(string renamed) => SourceException.Invalid(
        $"{Source}: two columns have the same name but for large and small letters ('{renamed[..renamed.LastIndexOf('_')]}'). Rename one of them.");

    public SourceException Nul(string column, long row) => SourceException.Invalid(
        $"{Source}, row {row}, column '{column}': a NUL character, and tables hold text.");

    public SourceException NotUtf8(string column) => SourceException.Invalid(
        $"{Source}, column '{column}': bytes that are not UTF-8, as Parquet's texts are. Whatever wrote the file should write texts as UTF-8, or bytes as such.");

    public SourceException NotANumber(string column, long row) => SourceException.Invalid(
        $"{Source}, row {row}, column '{column}': not a number, though the source's 'types' say that the column holds numbers. Are all codes"
        + " for missing values listed under 'missing'?");
}
