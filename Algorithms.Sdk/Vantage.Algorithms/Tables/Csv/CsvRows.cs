using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Vantage.Algorithms.Functions;

namespace Vantage.Algorithms.Tables.Csv;

/// <summary>
/// The rows of one CSV file, each with as many cells as there are columns. Every fault is told with the file's label,
/// line and column, and never with what is in a cell.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private readonly string label;
    private readonly CsvDialect dialect;
    private readonly CsvReader reader;
    private CsvMalformedReason? fault;
    private bool firstIsPending;

    private CsvRows(string label, CsvDialect dialect, Stream file)
    {
        this.label = label;
        this.dialect = dialect;
        reader = CsvReader.Create(
            file, dialect.Reader with { OnMalformedRecord = r => fault = r.Reason }, leaveOpen: false);
    }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    public static async Task<CsvRows> OpenAsync(
        string label, string path, CsvDialect dialect, CancellationToken cancellationToken)
    {
        var rows = new CsvRows(label, dialect, Open(label, path));
        try
        {
            await rows.ReadColumnsAsync(cancellationToken);
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Goes to the next row. An empty line is no row, unless there is just one column: then it is a missing value.
    /// </summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (firstIsPending || await AdvanceAsync(cancellationToken))
        {
            firstIsPending = false;
            if (reader.FieldCount == Columns.Count)
                return true;
            if (reader.FieldCount != 1 || !reader.RawRecord.IsEmpty)
                throw Fault(reader.LineNumber, $"{Cells(reader.FieldCount)} where {Cells(Columns.Count)} are expected.");
        }

        return false;
    }

    public ReadOnlySpan<byte> Cell(int column) => reader.GetSpan(column);

    /// <summary>A cell as text, checked to be decodable.</summary>
    public ReadOnlySpan<byte> Text(int column)
    {
        var cell = reader.GetSpan(column);
        return IsDecodable(cell)
            ? cell
            : throw Fault(column, $"bytes that are not {dialect.EncodingName}. If the file is written in another"
                + " encoding, for example windows-1252, set that as the source's option 'encoding'.");
    }

    public DataInvalidException Fault(int column, string problem) =>
        new($"'{label}', line {reader.LineNumber}, column '{Columns[column]}': {problem}");

    public void Dispose() => reader.Dispose();

    private DataInvalidException Fault(long line, string problem) => new($"'{label}', line {line}: {problem}");

    private async Task ReadColumnsAsync(CancellationToken cancellationToken)
    {
        if (dialect.HasHeader)
        {
            await ReadHeaderAsync(cancellationToken);
            Columns = CsvHeader.Check(label, dialect, reader.Headers);
        }
        else
        {
            firstIsPending = await AdvanceAsync(cancellationToken);
            Columns = firstIsPending
                ? [.. Enumerable.Range(1, reader.FieldCount).Select(i => $"column{i}")]
                : throw new DataInvalidException($"'{label}' is empty.");
        }
    }

    private async ValueTask<bool> AdvanceAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await reader.ReadAsync(cancellationToken))
                return false;
        }
        catch (CsvFormatException e)
        {
            throw TooLong(e);
        }

        ThrowIfMalformed(reader.LineNumber);
        return true;
    }

    private async ValueTask ReadHeaderAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reader.ReadHeaderAsync(cancellationToken);
        }
        catch (CsvFormatException e)
        {
            throw TooLong(e);
        }

        ThrowIfMalformed(1);
    }

    private DataInvalidException TooLong(CsvFormatException e) => Fault(
        e.LineNumber,
        $"a row of more than {dialect.Reader.MaxRecordSize / (1024 * 1024)} MiB begins here. Is a quote never closed,"
        + " or is this no CSV file?");

    private void ThrowIfMalformed(long line)
    {
        switch (fault)
        {
            case CsvMalformedReason.UnterminatedQuote:
                throw Fault(line, "a quote that opens in this row is never closed.");
            case CsvMalformedReason.TextAfterClosingQuote:
                throw Fault(line, "text after a closing quote. A quote inside a quoted cell is written twice.");
        }

        // A quote inside an unquoted cell (5'11") is taken as it stands: it can only mean itself.
        fault = null;
    }

    private bool IsDecodable(ReadOnlySpan<byte> cell) =>
        Ascii.IsValid(cell) || (Utf8.IsValid(cell) && !(dialect.Transcodes && cell.IndexOf("\uFFFD"u8) >= 0));

    private static FileStream Open(string label, string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataInvalidException($"'{label}' cannot be opened: {e.Message}");
        }
    }

    private static string Cells(int count) => count == 1 ? "1 cell" : $"{count} cells";
}
