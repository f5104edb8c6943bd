using System.Globalization;

namespace Vantage.NodeAgent.Data;

/// <summary>What holds for every source that is a file.</summary>
internal static class FileSources
{
    /// <summary>File systems tell times in steps; a file written twice within one would look the same.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);

    /// <summary>How messages call it.</summary>
    public static string Words(string id, string path) => $"source '{id}' ({Path.GetFileName(path)})";

    /// <summary>See <see cref="IDataSource.Stamp"/>.</summary>
    public static string? Stamp(DateTimeOffset now, params IReadOnlyList<string> paths)
    {
        var files = paths.Select(path => new FileInfo(path)).ToList();
        return files.Count > 0 && files.All(file => file.Exists && now.UtcDateTime - file.LastWriteTimeUtc > Grain)
            ? string.Join('\n', files.Select(Mark))
            : null;
    }

    /// <summary>Another one after a read than before says that the file was written meanwhile. Empty if there is none.</summary>
    public static string Mark(string path) => new FileInfo(path) is { Exists: true } file ? Mark(file) : "";

    public static FileStream Open(SourceFaults faults, string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
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

    /// <summary>See <see cref="SourceSettings.LookAsync"/>.</summary>
    public static string Look(SourceFaults faults, string path)
    {
        using var file = Open(faults, path);
        return file.Length > 0
            ? $"{file.Length.ToString(CultureInfo.InvariantCulture)} bytes"
            : throw SourceException.Invalid($"{faults.Source}: the file is empty. Put the data there, or take the source out of node.yaml.");
    }

    private static string Mark(FileInfo file) => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}");
}
