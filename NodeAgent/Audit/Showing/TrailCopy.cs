using Vantage.NodeAgent.Audit.Trail;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Audit.Showing;

/// <summary>The trail as it lies on the disk, read while the node goes on writing it.</summary>
internal sealed class TrailCopy(Segments segments)
{
    /// <summary>One a signing key, oldest first.</summary>
    public IReadOnlyList<AuditChainId> Chains { get; } =
        [.. segments.Numbers.Select(number => segments.Read(number).FirstOrDefault()?.Start?.Chain).OfType<AuditChainId>().Distinct()];

    public IEnumerable<TrailEntry> Entries(AuditChainId chain) => Frames(chain).SelectMany(frame => frame.Entries ?? []);

    /// <summary>
    /// As <c>vantage audit verify --file</c> reads them. What is not shown is there by its hash, and so is what an admin moved
    /// to an archive.
    /// </summary>
    /// <param name="chain">Which trail.</param>
    /// <param name="shows">Which entries may be read; null for all.</param>
    public IEnumerable<TrailLine> Lines(AuditChainId chain, Func<TrailEntry, bool>? shows = null)
    {
        var (start, size, heads, last) = (default(SegmentStart), 0L, 0, default(AuditHead));
        foreach (var frame in Frames(chain))
        {
            start ??= frame.Start;
            (size, heads, last) = frame.Head is { } head ? (head.Size, heads + 1, head) : (size, heads, last);
        }

        if (start is null || last is null)
        {
            yield break;
        }

        yield return new TrailLine(new TrailStart(1, chain, start.Key, size, shows is null ? heads : 1));
        var hidden = Frontier.Of(start.Size, start.Frontier);
        foreach (var line in Hidden(0, hidden))
        {
            yield return line;
        }

        var (at, waiting) = (start.Size, new List<TrailEntry>());
        foreach (var frame in Frames(chain).TakeWhile(frame => frame.Head is null || frame.Head.Size <= size))
        {
            foreach (var entry in frame.Entries ?? [])
            {
                waiting.Add(entry);
                if (shows?.Invoke(entry) ?? true)
                {
                    foreach (var line in Hide(at, waiting[..^1]).Append(new TrailLine(Entry: entry)))
                    {
                        yield return line;
                    }

                    (at, waiting) = (entry.Sequence, []);
                }
            }

            if (shows is null && frame.Head is { } head)
            {
                yield return new TrailLine(Head: head);
            }
        }

        if (shows is not null)
        {
            foreach (var line in Hide(at, waiting).Append(new TrailLine(Head: last)))
            {
                yield return line;
            }
        }
    }

    private IEnumerable<SegmentFrame> Frames(AuditChainId chain) => segments.Numbers
        .Select(segments.Read)
        .Where(frames => frames.FirstOrDefault()?.Start?.Chain == chain)
        .SelectMany(frames => frames);

    private static IEnumerable<TrailLine> Hidden(long from, Frontier tree) => SubtreePlace.Cover(from, tree.Size)
        .Zip(tree.Hashes, (place, hash) => new TrailLine(Hidden: new HiddenEntries(place.First + 1, place.Level, hash)));

    private static IEnumerable<TrailLine> Hide(long from, List<TrailEntry> entries) => SubtreePlace.Cover(from, from + entries.Count).Select(place =>
    {
        var tree = new Frontier();
        foreach (var entry in entries.Skip((int)(place.First - from)).Take((int)place.Count))
        {
            tree.Append(entry.Hash);
        }

        return new TrailLine(Hidden: new HiddenEntries(place.First + 1, place.Level, tree.Root));
    });
}
