using System.Xml;
using Vantage.NodeAgent.Data.Rows;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>
/// A sheet of an .xlsx file as a source, read here by the framework's own zip and XML: DuckDB reads workbooks only by an
/// extension that it would fetch from the network.
/// </summary>
internal sealed class ExcelSource(ExcelSettings settings) : IDataSource
{
    private readonly ExcelFaults faults = new(settings);

    public string Id => settings.Id;

    public string? Stamp(DateTimeOffset now) => FileSources.Stamp(faults, now, settings.Path);

    public Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken) =>
        Snapshots.TakeAsync(path, () => Extract(columns, path, cancellationToken), cancellationToken);

    private Snapshot Extract(ColumnChoice choice, string path, CancellationToken cancellationToken)
    {
        var mark = FileSources.Mark([settings.Path]);
        using var file = FileSources.Open(faults, settings.Path);
        var content = Digest.Of(file, cancellationToken);
        file.Position = 0;
        var extractor = new RowExtractor(faults, new CellRules('.', settings.Missing, settings.Types));
        var lines = new LineMap(Path.GetFileName(settings.Path), "row");
        IReadOnlyList<ColumnSchema> schema;
        long rows;
        try
        {
            using var table = Open(file);
            using var snapshot = Durable.CreateFile(path);
            (schema, rows) = extractor.Copy(table, snapshot, choice, lines, cancellationToken);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or FormatException or ArgumentOutOfRangeException or OverflowException)
        {
            // What the XML reader says may quote what it read.
            throw FileSources.Mark([settings.Path]) == mark ? faults.NoWorkbook() : faults.Changed();
        }

        if (FileSources.Mark([settings.Path]) != mark)
        {
            throw faults.Changed();
        }

        Snapshots.Finish(path);
        return new Snapshot(path, DataFormats.Csv, extractor.Written, schema, rows, content, lines);
    }

    private ExcelRows Open(FileStream file)
    {
        Span<byte> begin = stackalloc byte[4];
        var isOld = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == 4 && begin.SequenceEqual((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);
        file.Position = 0;
        if (isOld)
        {
            throw faults.Old();
        }

        var book = new Workbook(file, faults);
        try
        {
            return new ExcelRows(settings, faults, book);
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }
}
