using CsvHelper;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>What can be wrong with a CSV source, in words: which source, which file, where, and what to do.</summary>
internal sealed class CsvFaults(CsvSourceSettings settings) : SourceFaults(settings.Words)
{
    private readonly string source = settings.Words;
    private readonly string delimiter = Words(settings.Delimiter);

    public SourceException Empty() => SourceException.Invalid($"{source}: the file is empty"
        + (settings.Header ? ", where a line with the names of the columns is expected." : "."));

    public SourceException TooManyColumns(int columns) => At(1,
        $"{columns} columns, more than the {settings.MaxColumns} allowed. Is the delimiter really {delimiter}? If the"
        + " table is that wide, set 'maxColumns' of the source.");

    public SourceException SameName(long line, int first, int second, string name) =>
        At(line, $"columns {first} and {second} are both called '{name}'. Rename one of them.");

    public SourceException Ragged(long line, int cells, int columns) => At(line,
        $"{Cells(cells)} where {Cells(columns)} are expected. Is the delimiter {delimiter} in a cell without quotes,"
        + $" or is a line break?{(settings.Delimiter == ',' ? " Is it a decimal comma?" : "")}");

    public SourceException LooksLike(long line, char other, int columns) => At(line,
        $"one column only by the delimiter {delimiter}; it looks like {columns} columns with {Words(other)} between them."
        + $" {DeclareDelimiter(other)}");

    public SourceException OtherSeparator(char told) => At(1,
        $"the file says ('sep=') that {Words(told)} stands between cells, and the source's delimiter is {delimiter}. {DeclareDelimiter(told)}");

    public SourceException RowTooLong(long line) => At(line,
        $"a row of more than {settings.MaxRowMiB} MiB begins here. Is a quote never closed, or is this no CSV file? If rows are"
        + " that long, set 'maxRowMiB' of the source.");

    /// <summary>Null if it can be taken as it stands.</summary>
    public SourceException? Malformed(long line, CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => At(line, "a quote that opens in this row is never closed."),
        CsvMalformedReason.TextAfterClosingQuote =>
            At(line, "text after a closing quote. A quote inside a quoted cell is written twice."),
        _ => null,
    };

    public SourceException Nul(long line, string? column) => At(line, column,
        "a NUL character. Is this text, and is its encoding really " + settings.Encoding.Name + "?");

    public SourceException Undecodable(long line, string? column) => At(line, column,
        $"bytes that are not {settings.Encoding.Name}. If the file is written in another encoding, for example windows-1252,"
        + " set that as 'encoding' of the source (in a sandbox: --encoding).");

    public SourceException NotANumber(long line, string column) => At(line, column,
        "not a number, though the source's 'types' say that the column holds numbers. Is the decimal separator really"
        + $" '{settings.Decimal}', and are all codes for missing values listed under 'missing'?");

    /// <summary>The cells themselves say so: each of them is a number by the other separator, and one at least by no other.</summary>
    public SourceException OtherDecimal(long line, string column) => At(line, column,
        $"a number only if its decimal separator is '{(settings.Decimal == '.' ? ',' : '.')}', and the source's is '{settings.Decimal}'."
        + $" Declare it: 'decimal' of the source, in a sandbox --decimal {(settings.Decimal == '.' ? ',' : '.')}; or, if the"
        + " column holds text, say so under 'types' (--text).");

    public SourceException NotADate(long line, string column, string form) => At(line, column,
        $"no date written as {form}, as 'dates' of the source says. Is it of another form, or are all codes for missing values listed under 'missing'?");

    public SourceException TwoEncodings(long line) => At(line,
        "a letter that is not UTF-8, in a file with others that are. It was put together of two encodings: write it in one.");

    public SourceException NoEncoding(long line) => At(line,
        "a letter of an encoding that is none of UTF-8, UTF-16 and windows-1252. Write the file as UTF-8, or say which (--encoding).");

    public SourceException TwoDelimiters(char first, int columns, char second, int others) => SourceException.Invalid(
        $"{source}: by {Words(first)} there are {columns} columns, by {Words(second)} {others}, and both fit. Say which it is (--delimiter).");

    public SourceException Thousands(string column, char mark) => SourceException.Invalid(
        $"{source}: whether '{mark}' in column '{column}' stands before a fraction or between thousands, its numbers don't say: three digits stand"
        + $" behind each. Say --decimal {mark} for a fraction; thousands are written without marks, or declared as text (--text {column}).");

    public SourceException WhichDate(string column, string first, string second) => SourceException.Invalid(
        $"{source}, column '{column}': dates of which none tells whether the day or the month comes first. Say --date {column}={first} or {second},"
        + $" or --text {column} to leave them as they stand.");

    public string Where(long line) => $"{Path.GetFileName(settings.Path)}, line {line}";

    private SourceException At(long line, string problem) => At(line, null, problem);

    private SourceException At(long line, string? column, string problem) => SourceException.Invalid(
        $"{source}, line {line}{(column is null ? "" : $", column '{column}'")}: {problem}");

    private static string DeclareDelimiter(char other) =>
        $"Declare it: 'delimiter' of the source, in a sandbox --delimiter {Words(other)}.";

    private static string Words(char delimiter) => delimiter == '\t' ? "tab" : $"'{delimiter}'";

    private static string Cells(int count) => count == 1 ? "1 cell" : $"{count} cells";
}
