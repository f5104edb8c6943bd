using System.Text.Unicode;
using CsvHelper;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>
/// The rows of a source, each with as many cells as there are columns. Everything is checked, whether a run asked for the
/// column or not: a file that is broken somewhere is not to be trusted elsewhere.
/// </summary>
internal sealed class CsvRows : TableRows
{
    private readonly CsvSourceSettings settings;
    private readonly CsvReader reader;
    private readonly CsvFaults faults;
    private readonly List<string> unnamed = [];
    private CsvMalformedReason? malformed;
    private bool firstIsPending;

    public CsvRows(CsvSourceSettings settings, Stream content)
    {
        this.settings = settings;
        faults = new CsvFaults(settings);
        reader = CsvReader.Create(content, new CsvReaderOptions
        {
            Separator = settings.Delimiter,
            Quote = settings.Quote,
            HasHeader = false,
            Encoding = settings.Encoding.Transcoding,
            SkipEmptyLines = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            MaxRecordSize = settings.MaxRowMiB * 1024 * 1024,
            OnMalformedRecord = record => malformed ??= record.Reason,
        }, leaveOpen: true);
        Columns = ReadColumns();
    }

    public override IReadOnlyList<string> Columns { get; }

    /// <summary>What columns are called here that have no name in the header.</summary>
    public IReadOnlyList<string> Unnamed => unnamed;

    /// <summary>Whether no line that was skipped looks like a row of a table: in each the first cell alone may not be empty.</summary>
    public bool IsTitlePlain { get; private set; } = true;

    public override long Line => reader.LineNumber;

    public override string Noun => "line";

    /// <summary>Goes to the next row. Empty lines are no rows, unless there is just one column: then it is missing.</summary>
    public override bool Read()
    {
        while (firstIsPending || Advance())
        {
            firstIsPending = false;
            if (reader.FieldCount == Columns.Count)
            {
                CheckText();
                return true;
            }

            if (!reader.RawRecord.IsEmpty)
            {
                throw faults.Ragged(Line, reader.FieldCount, Columns.Count);
            }
        }

        return false;
    }

    public override ReadOnlySpan<byte> Cell(int column) => reader.GetSpan(column);

    public override SourceException NotANumber(int column, bool otherwise) =>
        otherwise ? OtherDecimal(Line, column) : faults.NotANumber(Line, Columns[column]);

    public override SourceException OtherDecimal(long line, int column) => faults.OtherDecimal(line, Columns[column]);

    public SourceException NotADate(int column, string form) => faults.NotADate(Line, Columns[column], form);

    public override string Where(long line) => faults.Where(line);

    public override void Dispose() => reader.Dispose();

    private IReadOnlyList<string> ReadColumns()
    {
        if (!Advance() || !PastTitle() || (Separator.Declares(reader.RawRecord) is { } told && !AdvancePast(told))
            || (settings.Header && reader.FieldCount == 1 && reader.RawRecord.IsEmpty))
        {
            throw faults.Empty();
        }

        if (reader.FieldCount > settings.MaxColumns)
        {
            throw faults.TooManyColumns(reader.FieldCount);
        }

        if (!settings.Header)
        {
            firstIsPending = true;
            return [.. Enumerable.Range(1, reader.FieldCount).Select(i => $"column{i}")];
        }

        CheckText();
        var other = reader.FieldCount == 1 ? new OtherDelimiter(faults, settings.Delimiter, reader.RawRecord, Line) : null;
        var names = CsvHeader.Names(faults, Line, Enumerable.Range(0, reader.FieldCount).Select(reader.GetString), unnamed);
        if (other is not null && Advance())
        {
            // Before anybody misses a column that is there by another delimiter.
            other.Check(reader.RawRecord);
            firstIsPending = true;
        }

        return names;
    }

    private bool PastTitle()
    {
        while (Line <= settings.Skip)
        {
            IsTitlePlain &= Enumerable.Range(1, reader.FieldCount - 1).All(i => reader.GetSpan(i).IsEmpty);
            if (!Advance())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Excel's own line is no row, and must not say otherwise than the source's admin.</summary>
    private bool AdvancePast(char told) => told == settings.Delimiter ? Advance() : throw faults.OtherSeparator(told);

    private bool Advance()
    {
        try
        {
            if (!reader.Read())
            {
                return false;
            }
        }
        catch (CsvFormatException e)
        {
            throw faults.RowTooLong(e.LineNumber);
        }

        if (malformed is { } reason && faults.Malformed(Line, reason) is { } fault)
        {
            throw fault;
        }

        // A quote inside an unquoted cell (5'11") is taken as it stands: it can only mean itself.
        malformed = null;
        return true;
    }

    private void CheckText()
    {
        var row = reader.RawRecord;
        if (row.Contains((byte)0))
        {
            throw faults.Nul(Line, Named(cell => cell.Contains((byte)0)));
        }

        if (!IsDecodable(row))
        {
            throw faults.Undecodable(Line, Named(cell => !IsDecodable(cell)));
        }
    }

    private bool IsDecodable(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) && !(settings.Encoding.Transcoding is not null && text.IndexOf("\uFFFD"u8) >= 0);

    /// <summary>The first column whose cell is such; null for the header line, where columns have no names yet.</summary>
    private string? Named(Func<ReadOnlySpan<byte>, bool> isSuch)
    {
        for (var i = 0; Columns is not null && i < Columns.Count; i++)
        {
            if (isSuch(reader.GetSpan(i)))
            {
                return Columns[i];
            }
        }

        return null;
    }
}
