using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Streaming;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>A CSV or TSV file as a source. Reads as a stream: memory does not grow with the file.</summary>
internal sealed class CsvSource(CsvSourceSettings settings) : IDataSource
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead;

    /// <summary>File systems tell times in steps; a file written twice within one would look the same.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);

    private readonly CsvFaults faults = new(settings);

    public string Id => settings.Id;

    public string? Stamp(DateTimeOffset now)
    {
        var file = new FileInfo(settings.Path);
        return file.Exists && now.UtcDateTime - file.LastWriteTimeUtc > Grain ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : null;
    }

    public async Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        try
        {
            // Parsing is work for a processor, not for a thread that others await on.
            return new Extraction.Done(await Task.Run(() => Extract(columns, path, cancellationToken), cancellationToken));
        }
        catch (SourceException e)
        {
            File.Delete(path);
            return new Extraction.Failed(e.Code, e.Message);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private Snapshot Extract(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        using var file = Open();
        using var content = new DigestStream(file);
        var extractor = new CsvExtractor(settings);
        var lines = new LineMap(Path.GetFileName(settings.Path));
        IReadOnlyList<ColumnSchema> schema;
        long rows;
        using (var snapshot = Durable.CreateFile(path))
        {
            (schema, rows) = extractor.Copy(content, snapshot, columns, lines, cancellationToken);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ReadOnly);
        }

        return new Snapshot(path, DataFormats.Csv, extractor.Written, schema, rows, content.GetDigest(), lines);
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(settings.Path, new FileStreamOptions
            {
                Access = FileAccess.Read,
                Share = FileShare.Read,
                BufferSize = 0,
                Options = FileOptions.SequentialScan,
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw faults.Missing();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw faults.Unreadable(e);
        }
    }
}
