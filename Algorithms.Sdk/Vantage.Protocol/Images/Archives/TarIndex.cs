using System.Formats.Tar;

namespace Vantage.Protocol.Images.Archives;

/// <summary>
/// The regular files of a tar archive, read in place: nothing is unpacked, so that no name in it ever becomes a path.
/// Links are followed within the archive only; devices and the like are passed over.
/// </summary>
public sealed class TarIndex : IDisposable
{
    private const int MaxEntries = 100_000;
    private const int MaxLinks = 8;

    private readonly string path;
    private readonly Dictionary<string, (long Offset, long Length)> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);

    private TarIndex(string path) => this.path = path;

    /// <summary>Throws <see cref="ImageException"/> for what is no tar archive, or one that can be read in two ways.</summary>
    public static TarIndex Open(string path)
    {
        var index = new TarIndex(path);
        try
        {
            using var file = File.OpenRead(path);
            using var reader = new TarReader(file, leaveOpen: true);
            for (var entries = 0; reader.GetNextEntry() is { } entry; entries++)
            {
                if (entries == MaxEntries)
                    throw new ImageException(ImageFault.ImageTooLarge, $"{path} has more than {MaxEntries} entries.");
                index.Add(entry);
            }

            return index;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or NotSupportedException)
        {
            throw new ImageException(ImageFault.ImageMalformed,
                $"{path} is not a tar archive that can be read ({e.Message}). If it is compressed, unpack it first: gunzip {path}", e);
        }
    }

    /// <summary>Null if there is no such file.</summary>
    public Stream? Find(string name)
    {
        for (var hops = 0; hops < MaxLinks; hops++)
        {
            if (files.TryGetValue(name, out var found))
                return new FileWindow(File.OpenRead(path), found.Offset, found.Length);
            if (!links.TryGetValue(name, out var target))
                return null;
            name = target;
        }

        return null;
    }

    /// <summary>The whole of a small file. Throws <see cref="ImageException"/>.</summary>
    public byte[] Read(string name, int max)
    {
        using var stream = Find(name) ?? throw new ImageException(ImageFault.ImageMalformed, $"{path} has no file '{name}'.");
        if (stream.Length > max)
            throw new ImageException(ImageFault.ImageTooLarge, $"'{name}' in {path} is larger than {max / 1024} KiB.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        files.Clear();
        links.Clear();
    }

    private void Add(TarEntry entry)
    {
        var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                if (!files.TryAdd(name, (entry.DataOffset, entry.Length)))
                    throw new ImageException(ImageFault.ImageAmbiguous, $"{path} has two files '{name}'.");
                break;
            case TarEntryType.SymbolicLink:
                links[name] = Resolve(name, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                links[name] = entry.LinkName;
                break;
        }
    }

    /// <summary>A link's target, from the root of the archive. One that leads out leads nowhere.</summary>
    private static string Resolve(string name, string target)
    {
        var parts = new Stack<string>(name.Split('/')[..^1]);
        foreach (var part in target.Split('/'))
        {
            if (part == "..")
                parts.TryPop(out _);
            else if (part is not ("" or "."))
                parts.Push(part);
        }

        return string.Join('/', parts.Reverse());
    }
}
