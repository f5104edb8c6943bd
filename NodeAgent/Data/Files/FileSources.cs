using System.Globalization;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data.Files;

/// <summary>What holds for every source that is a file.</summary>
internal static class FileSources
{
    /// <summary>File systems tell times in steps; a file written twice within one would look the same.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);

    /// <summary>The files that a path names: itself, or those in a folder that fit a pattern such as <c>visits/*.csv</c>, by name.</summary>
    public static IReadOnlyList<string> List(SourceFaults faults, string path)
    {
        if (!IsPattern(path))
        {
            return [path];
        }

        try
        {
            var files = Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path))
                .Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).ToList();
            return files.Count > 0 ? files : throw faults.Missing();
        }
        catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw e is DirectoryNotFoundException ? faults.Missing() : faults.Unreadable(e);
        }
    }

    public static bool IsPattern(string path) => Path.GetFileName(path).Contains('*', StringComparison.Ordinal);

    /// <summary>Of one file its bytes'; of several that of their names and digests, so that neither a file's content nor its name can change unseen.</summary>
    public static Digest Together(IReadOnlyList<(string Path, Digest Content)> files) => files.Count == 1 ? files[0].Content
        : Digest.OfText(string.Concat(files.Select(file => $"{file.Content} {Path.GetFileName(file.Path)}\n")));

    /// <summary>How messages call it.</summary>
    public static string Words(string id, string path) => $"source '{id}' ({Path.GetFileName(path)})";

    /// <summary>See <see cref="IDataSource.Stamp"/>.</summary>
    public static string? Stamp(SourceFaults faults, DateTimeOffset now, string path)
    {
        List<FileInfo> files;
        try
        {
            files = [.. List(faults, path).Select(each => new FileInfo(each))];
        }
        catch (SourceException)
        {
            return null;
        }

        return files.Count > 0 && files.All(file => file.Exists && now.UtcDateTime - file.LastWriteTimeUtc > Grain)
            ? string.Join('\n', files.Select(Mark))
            : null;
    }

    /// <summary>Another one after a read than before says that the file was written meanwhile. Empty if there is none.</summary>
    public static string Mark(IEnumerable<string> paths) =>
        string.Join('\n', paths.Select(path => new FileInfo(path) is { Exists: true } file ? Mark(file) : path));

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
        var (files, bytes) = (List(faults, path), 0L);
        foreach (var each in files)
        {
            using var file = Open(faults, each);
            bytes += file.Length > 0 ? file.Length : throw SourceException.Invalid(
                $"{faults.Source}: the file{(files.Count == 1 ? "" : $" {Path.GetFileName(each)}")} is empty. Put the data there, or take the source out of node.yaml.");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(files.Count == 1 ? "" : $"{files.Count} files, ")}{bytes} bytes");
    }

    private static string Mark(FileInfo file) => string.Create(CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}");
}
