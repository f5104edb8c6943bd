namespace Vantage.NodeAgent.Runs.Storage;

/// <summary>
/// An append-only file of records. What <see cref="Append"/> returned from is on the disk. Opening cuts off a torn end and
/// refuses a damaged file; a failed append leaves the file as it was, or the object unusable. Not thread-safe.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private static ReadOnlySpan<byte> Magic => "VNTGJRN1"u8;

    private readonly string path;
    private FileStream file;
    private bool unusable;

    private RecordFile(string path, FileStream file) => (this.path, this.file) = (path, file);

    /// <summary>How many bytes of whole records there are, the file's first bytes included.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes that were cut off when the file was opened.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Opens or makes the file and gives its records to <paramref name="read"/>. Throws <see cref="JournalException"/>.</summary>
    public static RecordFile Open(string path, Action<ReadOnlyMemory<byte>> read)
    {
        File.Delete(path + ".new");
        if (!File.Exists(path))
        {
            return new RecordFile(path, CreateNew(path, [])) { Length = Magic.Length };
        }

        var content = File.ReadAllBytes(path);
        var good = content.Length < Magic.Length && Magic.StartsWith(content) ? 0 : ReadAll(path, content, read);
        var opened = new RecordFile(path, new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 0))
        {
            TornBytes = content.Length - good,
        };
        opened.CutAt(good);
        if (good == 0)
        {
            opened.file.Write(Magic);
            opened.file.Flush(flushToDisk: true);
        }

        opened.Length = Math.Max(good, Magic.Length);
        return opened;
    }

    /// <summary>Appends one record durably. After an <see cref="IOException"/> the file is as before.</summary>
    public void Append(ReadOnlySpan<byte> payload)
    {
        if (unusable)
        {
            throw JournalException.Unusable(path);
        }

        var frame = Frame.Write(payload);
        try
        {
            file.Seek(Length, SeekOrigin.Begin);
            file.Write(frame);
        }
        catch (IOException)
        {
            unusable = true;
            CutAt(Length);
            unusable = false;
            throw;
        }

        // After a failed flush nobody knows what is on the disk, and asking again may lie: only opening it anew tells.
        unusable = true;
        file.Flush(flushToDisk: true);
        unusable = false;
        Length += frame.Length;
    }

    /// <summary>Replaces all records by these. A crash leaves the old file or the new one.</summary>
    public void Rewrite(IEnumerable<byte[]> payloads)
    {
        var replacement = CreateNew(path, payloads);
        file.Dispose();
        file = replacement;
        Length = replacement.Length;
    }

    public void Dispose() => file.Dispose();

    private static FileStream CreateNew(string path, IEnumerable<byte[]> payloads)
    {
        var draft = path + ".new";
        var made = Durable.CreateFile(draft);
        try
        {
            made.Write(Magic);
            foreach (var payload in payloads)
            {
                made.Write(Frame.Write(payload));
            }

            made.Flush(flushToDisk: true);
            File.Move(draft, path, overwrite: true);
            Durable.FlushFolder(Path.GetDirectoryName(path)!);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>Where the whole records end.</summary>
    private static int ReadAll(string path, byte[] content, Action<ReadOnlyMemory<byte>> read)
    {
        if (!content.AsSpan().StartsWith(Magic))
        {
            throw JournalException.Damaged(path, 0);
        }

        var at = Magic.Length;
        while (at < content.Length)
        {
            switch (Frame.Read(content.AsSpan(at)))
            {
                case FrameRead.Whole:
                    var length = Frame.LengthOf(content.AsSpan(at));
                    read(content.AsMemory(at + Frame.HeaderSize, length - Frame.HeaderSize));
                    at += length;
                    break;
                case FrameRead.Torn:
                    return at;
                default:
                    throw JournalException.Damaged(path, at);
            }
        }

        return at;
    }

    private void CutAt(long length)
    {
        if (file.Length != length)
        {
            file.SetLength(length);
            file.Flush(flushToDisk: true);
        }
    }
}
