namespace Vantage.NodeAgent.Runs.Storage;

/// <summary>
/// An append-only file of records. What <see cref="Append"/> returned from is on the disk. Opening cuts off a torn end and
/// refuses a damaged file; a failed append leaves the file as it was, or the object unusable. Not thread-safe.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    private static ReadOnlySpan<byte> Magic => "VNTGJRN1"u8;

    private readonly IVolume volume;
    private readonly string path;
    private readonly bool isJournal;
    private Stream file;
    private bool unusable;

    private RecordFile(IVolume volume, string path, Stream file, bool isJournal) =>
        (this.volume, this.path, this.file, this.isJournal) = (volume, path, file, isJournal);

    /// <summary>How many bytes of whole records there are, the file's first bytes included.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes that were cut off when the file was opened.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Opens or makes the file and gives its records to <paramref name="read"/>. Throws <see cref="JournalException"/>.</summary>
    /// <param name="volume">Where it lies.</param>
    /// <param name="path">Its name.</param>
    /// <param name="read">Takes each record.</param>
    /// <param name="isJournal">The journal's steps are named, so that tests can kill the node at them; those of other files are not.</param>
    public static RecordFile Open(IVolume volume, string path, Action<ReadOnlyMemory<byte>> read, bool isJournal = true)
    {
        volume.Delete(path + ".new");
        if (!volume.HasFile(path))
        {
            return new RecordFile(volume, path, CreateNew(volume, path, [], isJournal), isJournal) { Length = Magic.Length };
        }

        var content = volume.Read(path);
        var good = content.Length < Magic.Length && Magic.StartsWith(content) ? 0 : ReadAll(path, content, read);
        var opened = new RecordFile(volume, path, volume.Open(path), isJournal)
        {
            TornBytes = content.Length - good,
        };
        opened.CutAt(good);
        if (good == 0)
        {
            opened.file.Write(Magic);
        }

        // An earlier life may have been killed between writing and flushing: what was read here is acted on, so it has to last.
        volume.Flush(opened.file);
        volume.FlushFolder(Path.GetDirectoryName(path)!);
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
            if (isJournal)
                Failpoint.Write("journal.torn", file, frame);
            file.Write(frame);
            if (isJournal)
                Failpoint.Pass("journal.written");
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
        volume.Flush(file);
        unusable = false;
        Length += frame.Length;
    }

    /// <summary>Replaces all records by these. A crash leaves the old file or the new one.</summary>
    public void Rewrite(IEnumerable<byte[]> payloads)
    {
        var replacement = CreateNew(volume, path, payloads, isJournal);
        file.Dispose();
        file = replacement;
        Length = replacement.Length;
    }

    public void Dispose() => file.Dispose();

    /// <summary>The whole records of a file's content, for one who only looks. Throws <see cref="JournalException"/>.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Parse(string path, byte[] content)
    {
        var records = new List<ReadOnlyMemory<byte>>();
        if (content.Length >= Magic.Length)
        {
            ReadAll(path, content, records.Add);
        }

        return records;
    }

    private static Stream CreateNew(IVolume volume, string path, IEnumerable<byte[]> payloads, bool isJournal)
    {
        var draft = path + ".new";
        var made = volume.Create(draft);
        try
        {
            made.Write(Magic);
            foreach (var payload in payloads)
            {
                made.Write(Frame.Write(payload));
            }

            volume.Flush(made);
            if (isJournal)
                Failpoint.Pass("compact.drafted");
            volume.Move(draft, path);
            if (isJournal)
                Failpoint.Pass("compact.renamed");
            volume.FlushFolder(Path.GetDirectoryName(path)!);
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
            volume.Flush(file);
        }
    }
}
