using System.IO.Compression;
using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Client.Crates;

/// <summary>A file of a crate, wherever it lies.</summary>
internal sealed record CrateFile(string Path, long Size, Digest Digest, Func<Stream> Open)
{
    /// <summary>For what has to be parsed; longer ones are none of ours.</summary>
    public const int LongestText = 32 * 1024 * 1024;

    public byte[] Read()
    {
        if (Size > LongestText)
        {
            throw new CrateException(CrateFault.CrateMalformed, Path, $"It has {Size} bytes, more than any file of its kind.");
        }

        using var stream = Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}

/// <summary>All files of a crate, in a folder or a zip archive, with their digests.</summary>
internal sealed class CrateFiles : IDisposable
{
    private const int MostFiles = 60_000;
    private readonly ZipArchive? archive;

    private CrateFiles(IEnumerable<(string Path, Func<Stream> Open)> files, ZipArchive? archive)
    {
        this.archive = archive;
        foreach (var (path, open) in files)
        {
            var (digest, size) = Measure(open);
            if (All.Count == MostFiles || !All.TryAdd(path, new CrateFile(path, size, digest, open)))
            {
                throw new CrateException(CrateFault.CrateMalformed, path, "It is there twice, or there are too many files.");
            }
        }
    }

    public SortedDictionary<string, CrateFile> All { get; } = new(StringComparer.Ordinal);

    /// <summary>Throws <see cref="IOException"/> for what can't be read, <see cref="CrateException"/> for what is no crate.</summary>
    public static CrateFiles Of(string path)
    {
        if (Directory.Exists(path))
        {
            var root = Path.GetFullPath(path);
            return new CrateFiles(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(file => File.ResolveLinkTarget(file, returnFinalTarget: false) is null ? file
                    : throw new CrateException(CrateFault.FileUnexpected, Path.GetRelativePath(root, file), "It is a link."))
                .Select<string, (string, Func<Stream>)>(file => (Path.GetRelativePath(root, file).Replace('\\', '/'), () => File.OpenRead(file))), null);
        }

        try
        {
            var zip = ZipFile.OpenRead(path);
            return new CrateFiles(zip.Entries.Where(entry => !entry.FullName.EndsWith('/'))
                .Select<ZipArchiveEntry, (string, Func<Stream>)>(entry => (entry.FullName, entry.Open)), zip);
        }
        catch (InvalidDataException e)
        {
            throw new CrateException(CrateFault.CrateMalformed, Path.GetFileName(path), $"It is neither a folder nor a zip archive: {e.Message}");
        }
    }

    public void Dispose() => archive?.Dispose();

    private static (Digest Digest, long Size) Measure(Func<Stream> open)
    {
        using var stream = open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        var size = 0L;
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            hash.AppendData(buffer, 0, read);
            size += read;
        }

        return (Digest.FromHash(hash.GetHashAndReset()), size);
    }
}
