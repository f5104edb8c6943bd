using Vantage.NodeAgent.Data.Rows;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>
/// A FHIR bulk export as a source, read by the framework's own JSON reader: a stream, a line at a time, and a fault has a
/// line and a path. DuckDB would look at all structures of all resources first.
/// </summary>
internal sealed class FhirSource(FhirSettings settings) : IDataSource
{
    private readonly FhirFaults faults = new(settings);

    public string Id => settings.Id;

    public string? Stamp(DateTimeOffset now) => FileSources.Stamp(faults, now, settings.Path);

    public Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken) =>
        Snapshots.TakeAsync(path, () => Extract(columns, path, cancellationToken), cancellationToken);

    private Snapshot Extract(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var files = FileSources.List(faults, settings.Path);
        var mark = FileSources.Mark(files);
        var extractor = new RowExtractor(faults, new CellRules('.', settings.Missing, settings.Types));
        var map = files.Count == 1 ? new LineMap(Path.GetFileName(files[0])) : LineMap.OfRows(Path.GetFileName(settings.Path), mayBreakLines: true);
        using var lines = new FhirLines(faults, files);
        using var table = new FhirRows(settings, faults, lines);
        IReadOnlyList<ColumnSchema> schema;
        long rows;
        using (var snapshot = Durable.CreateFile(path))
        {
            (schema, rows) = extractor.Copy(table, snapshot, columns, map, cancellationToken);
        }

        if (FileSources.Mark(FileSources.List(faults, settings.Path)) != mark)
        {
            throw faults.Changed();
        }

        Snapshots.Finish(path);
        return new Snapshot(path, DataFormats.Csv, extractor.Written, schema, rows, FileSources.Together(lines.Contents), map);
    }
}
