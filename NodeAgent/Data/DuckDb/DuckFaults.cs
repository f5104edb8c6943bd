using Vantage.DuckDb;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>What can be wrong with a file that DuckDB reads. What DuckDB itself says may quote cells, and is not passed on.</summary>
internal sealed class DuckFaults(DuckFileSettings settings) : SourceFaults(FileSources.Words(settings.Id, settings.Path))
{
    public SourceException Of(DuckException fault, IReadOnlyList<string> files) => fault.Message switch
    {
        var text when text.Contains("Out of Memory", StringComparison.OrdinalIgnoreCase) || text.Contains("max_temp_directory_size", StringComparison.Ordinal) =>
            new(RunCodes.DataUnavailable, $"{Source}: reading it takes more than the {settings.Caps.MemoryMiB} MiB of memory and"
                + $" {settings.Caps.TempMiB} MiB of disk that the node allows for it ('duckdb' in node.yaml). Write it with smaller row groups, or as several files."),
        _ when settings.Format.FirstFault(files) is { } place => SourceException.Invalid($"{Source}: {place}"),
        var text when files.Count > 1 && (text.Contains("schema mismatch", StringComparison.OrdinalIgnoreCase) || text.Contains("multiple files", StringComparison.OrdinalIgnoreCase)) =>
            SourceException.Invalid($"{Source}: the files have not all the same columns. The files of one source have the same names and types."),
        _ => Damaged(),
    };

    public SourceException Damaged() => SourceException.Invalid(
        $"{Source}: no {settings.Format.Words} file, or a damaged one: it can't be read to its end. Was it copied whole? Its digest where it"
        + " came from, compared with the one here, says so.");

    public SourceException NotInstalled() => new(RunCodes.DataUnavailable, $"{Source}: {DuckLibrary.Absence}");

    public SourceException NoCells(DuckColumn column) => SourceException.Invalid(
        $"{Source}, column '{column.Name}': it holds {Words(column)}, where a table has one number or text in each cell. Unpack it into"
        + " columns of their own where the file is written.");

    public SourceException NotANumber(string column, long row) => SourceException.Invalid(
        $"{Source}, row {row}, column '{column}': not a number, though the source's 'types' say that the column holds numbers. Are all codes"
        + " for missing values listed under 'missing'?");

    private static string Words(DuckColumn column) => column.Held switch
    {
        "BLOB" or "BIT" => "bytes",
        [.., ']'] => "lists",
        var held when held.StartsWith("STRUCT", StringComparison.Ordinal) || held.StartsWith("MAP", StringComparison.Ordinal) => "structures",
        _ => "values of a kind that is not read",
    };
}
