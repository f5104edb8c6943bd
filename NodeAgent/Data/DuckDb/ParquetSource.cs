using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Files;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>Parquet files as a source, read by DuckDB. What is taken of them is bounded in memory, whatever their size.</summary>
internal sealed class ParquetSource(ParquetSettings settings) : FileSource(settings)
{
    private readonly DuckFaults faults = new(settings);

    public override bool WritesParquet => true;

    protected override Snapshot Take(IReadOnlyList<string> files, ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var content = FileSources.Together([.. files.Select(file => (file, Content(file, cancellationToken)))]);
        try
        {
            // One thread, where threads would each hold groups of rows until those before are written: then the row count shows.
            var caps = columns.InParquet ? settings.Caps with { Threads = 1 } : settings.Caps;
            using var session = new DuckSession(caps, [.. files, path], path + ".tmp", cancellationToken);
            var extractor = new DuckExtractor(settings, faults, session, files);
            var chosen = extractor.Choose(columns);
            var rows = extractor.Copy(chosen, path, columns, content);
            Snapshots.Finish(path);
            var lines = LineMap.OfRows(Path.GetFileName(settings.Path), !columns.InParquet && chosen.Any(column => column.Type == ColumnType.Text));
            IReadOnlyList<ColumnSchema> schema = [.. chosen.Select(c => new ColumnSchema(c.Column.Name, c.Type))];
            return columns.InParquet
                ? new Snapshot(path, DataFormats.Parquet, null, schema, rows, content, lines)
                : new Snapshot(path, DataFormats.Csv, DuckExtractor.Written, schema, rows, content, lines);
        }
        catch (DuckException e)
        {
            throw faults.Of(e, files);
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
