using Vantage.NodeAgent.Data.Csv.Dates;
using Vantage.NodeAgent.Data.Rows;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>A CSV or TSV file, or a folder of such, as a source. Reads as a stream: memory does not grow with the file.</summary>
internal sealed class CsvSource(CsvSourceSettings settings) : IDataSource
{
    private readonly CsvFaults faults = new(settings);

    public string Id => settings.Id;

    public string? Stamp(DateTimeOffset now) => FileSources.Stamp(faults, now, settings.Path);

    public Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken) =>
        Snapshots.TakeAsync(path, () => Extract(columns, path, cancellationToken), cancellationToken);

    private Snapshot Extract(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var files = FileSources.List(faults, settings.Path);
        var mark = FileSources.Mark(files);
        var extractor = new RowExtractor(faults, new CellRules(settings.Decimal, settings.Missing, Types()));
        var lines = files.Count == 1 ? new LineMap(Path.GetFileName(files[0])) : LineMap.OfRows(Path.GetFileName(settings.Path), mayBreakLines: true);
        using var table = new CsvFiles(settings, faults, files);
        using var dated = new DatedRows(table, settings, faults);
        IReadOnlyList<ColumnSchema> schema;
        long rows;
        using (var snapshot = Durable.CreateFile(path))
        {
            (schema, rows) = extractor.Copy(dated, snapshot, columns, lines, cancellationToken);
        }

        if (FileSources.Mark(FileSources.List(faults, settings.Path)) != mark)
        {
            throw faults.Changed();
        }

        Snapshots.Finish(path);
        return new Snapshot(path, DataFormats.Csv, extractor.Written, schema, rows, FileSources.Together(table.Contents), lines);
    }

    /// <summary>Dates are texts, and nobody looks whether they could be numbers.</summary>
    private IReadOnlyDictionary<string, ColumnType> Types() => settings.Dates.Count == 0 ? settings.Types
        : settings.Types.Concat(settings.Dates.Keys.Where(column => !settings.Types.ContainsKey(column)).Select(column => KeyValuePair.Create(column, ColumnType.Text)))
            .ToDictionary(StringComparer.Ordinal);
}
