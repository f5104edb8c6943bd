using System.Runtime.CompilerServices;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;

namespace Vantage.Client.Auditing;

/// <summary>Puts the lines of an export together: entries as they come, and hashes for the gaps between them.</summary>
internal sealed class TrailDownload(AuditApi api)
{
    /// <summary>So many places where a fault can be told from the ones before.</summary>
    private const int Heads = 100;

    private readonly List<Piece> waiting = [];
    private int places;

    private sealed record Piece(TrailLine? Line, SubtreePlace? Place);

    public async IAsyncEnumerable<TrailLine> LinesAsync(IReadOnlyCollection<long> cuts,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var trail = await api.TrailAsync(Heads, cancellationToken);
        if (trail.Heads.Count == 0)
        {
            throw new VantageException(ClientErrorCodes.NothingThere, "Nothing was ever recorded in this audit trail.");
        }

        var last = trail.Heads[^1];
        var heads = trail.Heads.ToDictionary(head => head.Size);
        var ends = new Queue<long>(heads.Keys.Concat(cuts).Where(end => end > 0 && end <= last.Size).Distinct().Order());
        yield return new TrailLine(new TrailStart(1, last.Chain, trail.Key, last.Size, heads.Count));
        var at = 0L;
        await foreach (var entry in api.ListAsync(0, cancellationToken))
        {
            if (entry.Sequence > last.Size)
            {
                break;
            }

            at = Fill(at, entry.Sequence - 1, ends, heads);
            Add(new TrailLine(Entry: Shown(entry)));
            at = Fill(entry.Sequence, entry.Sequence, ends, heads);
            if (places >= AuditHashes.MostPlaces / 2)
            {
                foreach (var line in await FlushAsync(cancellationToken))
                {
                    yield return line;
                }
            }
        }

        Fill(at, last.Size, ends, heads);
        foreach (var line in await FlushAsync(cancellationToken))
        {
            yield return line;
        }
    }

    private static TrailEntry Shown(AuditEntry entry) => new(entry.Sequence, entry.At, entry.Actor, entry.Action,
        entry.Subject, entry.Collaboration, entry.Organization, null, entry.Salt, entry.Hash);

    /// <summary>Hidden entries up to there, and the heads on the way.</summary>
    private long Fill(long at, long to, Queue<long> ends, Dictionary<long, AuditHead> heads)
    {
        while (ends.TryPeek(out var end) && end <= to)
        {
            Hide(at, end);
            at = Math.Max(at, end);
            if (heads.TryGetValue(ends.Dequeue(), out var head))
            {
                Add(new TrailLine(Head: head));
            }
        }

        Hide(at, to);
        return Math.Max(at, to);
    }

    private void Hide(long from, long to)
    {
        foreach (var place in SubtreePlace.Cover(from, to))
        {
            waiting.Add(new Piece(null, place));
            places++;
        }
    }

    private void Add(TrailLine line) => waiting.Add(new Piece(line, null));

    private async Task<List<TrailLine>> FlushAsync(CancellationToken cancellationToken)
    {
        var hashes = new Queue<Digest>();
        foreach (var some in waiting.Where(piece => piece.Place is not null).Chunk(AuditHashes.MostPlaces))
        {
            var answer = await api.HashesAsync(some.Select(piece => piece.Place!.Value), cancellationToken);
            if (answer.Count != some.Length)
            {
                throw new VantageException(ClientErrorCodes.NotACoordinator,
                    $"The Coordinator answered {answer.Count} hashes when asked for {some.Length}.");
            }

            answer.ToList().ForEach(hashes.Enqueue);
        }

        var lines = waiting.ConvertAll(piece => piece.Line ?? new TrailLine(
            Hidden: new HiddenEntries(piece.Place!.Value.First + 1, piece.Place.Value.Level, hashes.Dequeue())));
        waiting.Clear();
        places = 0;
        return lines;
    }
}
