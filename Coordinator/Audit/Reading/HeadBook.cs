using System.Collections.Concurrent;
using Vantage.Coordinator.Audit.Sealing;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;

namespace Vantage.Coordinator.Audit.Reading;

/// <summary>What nodes are shown of the audit trail. The other implementation is the simulator's, which has none.</summary>
internal interface IHeadBook
{
    /// <param name="held">How many entries the head has that the asker holds; 0 for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null while nothing was ever sealed.</returns>
    Task<HeadOffer?> OfferAsync(long held, CancellationToken cancellationToken);
}

/// <summary>
/// The newest head with the proof that it continues an older one, for every node at every reconcile: read now and then
/// rather than each time, since many nodes hold the same.
/// </summary>
internal sealed class HeadBook(TreeReader tree, SealKey key, TimeProvider time) : IHeadBook
{
    private const int MostProofs = 1000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(long Held, long Newest), IReadOnlyList<Digest>> proofs = new();
    private volatile Page? newest;

    private sealed record Page(AuditHead? Head, DateTimeOffset At);

    public async Task<HeadOffer?> OfferAsync(long held, CancellationToken cancellationToken)
    {
        if (await NewestAsync(held, cancellationToken) is not { } head)
            return null;
        var spki = key.Key.PublicKey.ToSubjectPublicKeyInfo();
        // Older than what is held, which the node will call by its name: there is nothing to prove.
        if (held >= head.Size || held <= 0)
            return new HeadOffer(head, spki, []);
        if (!proofs.TryGetValue((held, head.Size), out var proof))
        {
            if (proofs.Count >= MostProofs)
                proofs.Clear();
            proofs[(held, head.Size)] = proof = await ProveAsync(held, head.Size, cancellationToken);
        }

        return new HeadOffer(head, spki, proof);
    }

    private async Task<AuditHead?> NewestAsync(long held, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (newest is { Head: { } known } page && known.Size >= held && now - page.At < Fresh)
            return known;
        var head = await tree.NewestAsync(cancellationToken);
        newest = new Page(head, now);
        return head;
    }

    private async Task<IReadOnlyList<Digest>> ProveAsync(long held, long size, CancellationToken cancellationToken)
    {
        var ranges = Consistency.Plan(held, size).Select(range => SubtreePlace.Cover(range.First, range.End).ToList()).ToList();
        var hashes = await tree.SubtreesAsync([.. ranges.SelectMany(places => places)], cancellationToken)
            ?? throw new InvalidOperationException($"The audit trail's tree lacks hashes below its signed size of {size}: see docs/audit.md.");
        var at = 0;
        return [.. ranges.Select(places => Frontier.FoldRight(hashes.Skip((at += places.Count) - places.Count).Take(places.Count))!.Value)];
    }
}
