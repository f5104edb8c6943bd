using System.Security.Cryptography;
using System.Text.Json;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Audits;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Audit.Trail;

/// <summary>The trail on disk, as its one writer has it: verified when it is opened, then only longer. Not thread-safe.</summary>
internal sealed class TrailStore : IDisposable
{
    private readonly IVolume volume;
    private readonly Segments segments;
    private readonly SigningKey key;
    private readonly TimeProvider time;
    private readonly long segmentBytes;
    private RecordFile? file;
    private int number;
    private Frontier tree = new();
    private KeyId? signer;

    private TrailStore(IVolume volume, Segments segments, SigningKey key, TimeProvider time, long segmentBytes) =>
        (this.volume, this.segments, this.key, this.time, this.segmentBytes) = (volume, segments, key, time, segmentBytes);

    public AuditChainId Chain { get; private set; }

    public long Size => tree.Size;

    public AuditHead? Head { get; private set; }

    /// <summary>Set when the trail begins anew although there was one: the last head of that, signed by an earlier key.</summary>
    public AuditHead? Before { get; private set; }

    /// <summary>Throws <see cref="JournalException"/> for a trail that is not what was written.</summary>
    public static TrailStore Open(IVolume volume, Segments segments, SigningKey key, TimeProvider time, long segmentBytes = 8 * 1024 * 1024)
    {
        volume.CreateFolder(segments.Folder);
        var store = new TrailStore(volume, segments, key, time, segmentBytes);
        store.ReadOn();
        return store;
    }

    /// <summary>Durable when it returns. After an <see cref="IOException"/> nothing was recorded.</summary>
    public void Append(string actor, IReadOnlyList<(Happening Happening, DateTimeOffset At)> happenings)
    {
        var next = Frontier.Of(tree.Size, [.. tree.Hashes]);
        var entries = new List<TrailEntry>(happenings.Count);
        foreach (var (happening, at) in happenings)
        {
            var details = happening.Details.Where(detail => detail.Value is not null).Select(detail => new AuditDetail(detail.Name, detail.Value!)).ToList();
            var entry = TrailEntry.Of(new AuditRecord(next.Size + 1, AuditRecord.Exactly(at), actor, happening.Action, happening.Subject, null, null,
                details.Count == 0 ? null : details, RandomNumberGenerator.GetBytes(AuditRecord.SaltSize)));
            next.Append(entry.Hash);
            entries.Add(entry);
        }

        var head = AuditHead.Sign(Chain, next.Size, next.Root, time.GetUtcNow(), key);
        Current().Append(Json(new SegmentFrame(Entries: entries, Head: head)));
        (tree, Head) = (next, head);
    }

    /// <summary>Writes the head down apart from the entries: now and then, since it only serves to notice that they were cut off.</summary>
    public void WriteHead()
    {
        if (Head is { } head)
        {
            Durable.Replace(segments.HeadPath, TrailJson.Write(head));
        }
    }

    public void Dispose() => file?.Dispose();

    private static byte[] Json(SegmentFrame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, SegmentJson.Default.SegmentFrame);

    private RecordFile Current()
    {
        if (file is not null && file.Length >= segmentBytes)
        {
            WriteHead();
            file.Dispose();
            file = null;
            number++;
        }

        return file ??= Begin();
    }

    private RecordFile Begin()
    {
        var begun = OpenFile(number, _ => { });
        begun.Append(Json(new SegmentFrame(new SegmentStart(Chain, key.PublicKey.ToSubjectPublicKeyInfo(), tree.Size, [.. tree.Hashes]))));
        return begun;
    }

    private RecordFile OpenFile(int segment, Action<ReadOnlyMemory<byte>> read) =>
        RecordFile.Open(volume, segments.PathOf(segment), read, isJournal: false);

    private void ReadOn()
    {
        var kept = segments.ReadHead();
        var numbers = segments.Numbers;
        number = numbers.Count == 0 ? 1 : numbers[^1];
        var last = numbers.Count == 0 ? null : Read(number);
        if (last is null && numbers.Count > 1)
        {
            // A crash came between making the file and its first record.
            Resume(numbers[^2]);
        }
        else if (last is { } frames)
        {
            Follow(frames);
        }

        if (kept is not null && (signer is null || (kept.Chain == Chain && kept.Size > tree.Size)))
        {
            throw Segments.Damaged(segments.Folder, $"it has {tree.Size} entries and had {kept.Size} on {kept.At:u}: the later ones are missing.");
        }

        if (signer != key.KeyId)
        {
            BeginAnew();
        }
        else if (last is not null)
        {
            file = OpenFile(number, _ => { });
        }
    }

    private void Resume(int before)
    {
        if (Read(before) is { } frames)
        {
            Follow(frames);
        }
    }

    /// <summary>The first trail, or the first under a new key, which can't go on signing the old one.</summary>
    private void BeginAnew()
    {
        Before = Head;
        number = signer is null ? number : number + 1;
        (Chain, tree, Head) = (AuditChainId.New(time), new Frontier(), null);
    }

    /// <summary>Null if nothing whole is in it. Cuts off a torn end.</summary>
    private List<SegmentFrame>? Read(int segment)
    {
        var path = segments.PathOf(segment);
        var frames = new List<SegmentFrame>();
        try
        {
            using var opened = OpenFile(segment, record => frames.Add(Segments.Parse(path, record.Span)));
        }
        catch (JournalException e)
        {
            throw Segments.Damaged(path, "a record is not what was written.", e);
        }

        return frames.Count == 0 ? null : frames;
    }

    private void Follow(List<SegmentFrame> frames)
    {
        var path = segments.PathOf(number);
        if (frames[0].Start is not { } start || frames.Skip(1).Any(frame => frame.Start is not null))
        {
            throw Segments.Damaged(path, "it does not begin where a segment begins.");
        }

        using var own = SigningPublicKey.FromSubjectPublicKeyInfo(start.Key);
        signer = own.KeyId;
        (Chain, tree) = (start.Chain, Frontier.Of(start.Size, start.Frontier));
        foreach (var frame in frames.Skip(1))
        {
            foreach (var entry in frame.Entries ?? [])
            {
                if (entry.Sequence != tree.Size + 1 || entry.Record.Hash() != entry.Hash)
                {
                    throw Segments.Damaged(path, $"entry {tree.Size + 1} is not what was written.");
                }

                tree.Append(entry.Hash);
            }

            if (frame.Head is not { } head || head.Root != tree.Root || head.Size != tree.Size || head.Chain != Chain)
            {
                throw Segments.Damaged(path, $"the entries up to {tree.Size} are not those that were signed.");
            }

            Head = head;
        }

        if (Head is { } last && !last.IsSignedBy(own))
        {
            throw Segments.Damaged(path, $"the head of {last.Size} entries is not signed by the node's key.");
        }

        // A segment without entries yet: the one before it holds the head of those, unless it was moved to an archive.
        Head ??= tree.Size == 0 ? null : Segments.LastHead(segments, number - 1);
    }
}
