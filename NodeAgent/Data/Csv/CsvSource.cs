using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Streaming;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>A CSV or TSV file as a source. Reads as a stream: memory does not grow with the file.</summary>
internal sealed class CsvSource(CsvSourceSettings settings) : IDataSource
{
    private readonly CsvFaults faults = new(settings);

    public string Id => settings.Id;

    public string? Stamp(DateTimeOffset now) => FileSources.Stamp(now, settings.Path);

    public Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken) =>
        Snapshots.TakeAsync(path, () => Extract(columns, path, cancellationToken), cancellationToken);

    private Snapshot Extract(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var mark = FileSources.Mark(settings.Path);
        using var file = FileSources.Open(faults, settings.Path);
        using var content = new DigestStream(file);
        var extractor = new CsvExtractor(settings);
        var lines = new LineMap(Path.GetFileName(settings.Path));
        IReadOnlyList<ColumnSchema> schema;
        long rows;
        using (var snapshot = Durable.CreateFile(path))
        {
            (schema, rows) = extractor.Copy(content, snapshot, columns, lines, cancellationToken);
        }

        if (FileSources.Mark(settings.Path) != mark)
        {
            throw faults.Changed();
        }

        Snapshots.Finish(path);
        return new Snapshot(path, DataFormats.Csv, extractor.Written, schema, rows, content.GetDigest(), lines);
    }
}
