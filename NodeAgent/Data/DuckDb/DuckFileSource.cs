using Vantage.DuckDb;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>A file that DuckDB reads, as a source. What is taken of it is bounded in memory, whatever its size.</summary>
internal sealed class DuckFileSource(DuckFileSettings settings) : IDataSource
{
    private readonly DuckFaults faults = new(settings);

    public string Id => settings.Id;

    public bool WritesParquet => true;

    public string? Stamp(DateTimeOffset now) => FileSources.Stamp(faults, now, settings.Path);

    public Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken) =>
        Snapshots.TakeAsync(path, () => Extract(columns, path, cancellationToken), cancellationToken);

    private Snapshot Extract(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var files = FileSources.List(faults, settings.Path);
        var mark = FileSources.Mark(files);
        var content = FileSources.Together([.. files.Select(file => (file, Content(file, cancellationToken)))]);
        try
        {
            // One thread, where threads would each hold groups of rows until those before are written: then the row count shows.
            var caps = columns.InParquet ? settings.Caps with { Threads = 1 } : settings.Caps;
            using var session = new DuckSession(caps, [.. files, path], path + ".tmp", cancellationToken);
            var extractor = new DuckExtractor(settings, faults, session, files);
            var chosen = extractor.Choose(columns);
            var rows = extractor.Copy(chosen, path, columns, content);
            if (FileSources.Mark(FileSources.List(faults, settings.Path)) != mark)
            {
                throw faults.Changed();
            }

            Snapshots.Finish(path);
            var lines = LineMap.OfRows(Path.GetFileName(settings.Path), !columns.InParquet && chosen.Any(column => column.Type == ColumnType.Text));
            IReadOnlyList<ColumnSchema> schema = [.. chosen.Select(c => new ColumnSchema(c.Column.Name, c.Type))];
            return columns.InParquet
                ? new Snapshot(path, DataFormats.Parquet, null, schema, rows, content, lines)
                : new Snapshot(path, DataFormats.Csv, DuckExtractor.Written, schema, rows, content, lines);
        }
        catch (DuckException e)
        {
            // A file that is written just now looks damaged, and is not.
            throw FileSources.Mark(files) == mark ? faults.Of(e, files) : faults.Changed();
        }
        catch (DllNotFoundException)
        {
            throw faults.NotInstalled();
        }
        finally
        {
            if (Directory.Exists(path + ".tmp"))
            {
                Directory.Delete(path + ".tmp", recursive: true);
            }
        }
    }

    private Digest Content(string path, CancellationToken cancellationToken)
    {
        using var file = FileSources.Open(faults, path);
        return Digest.Of(file, cancellationToken);
    }
}
