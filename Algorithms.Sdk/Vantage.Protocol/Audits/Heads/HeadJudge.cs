using System.Security.Cryptography;
using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Audits.Heads;

/// <summary>Whether an offered head continues the one that is held. Pure.</summary>
public static class HeadJudge
{
    /// <param name="held">None at the first time: then the first one is believed, and pinned by being kept.</param>
    /// <param name="offer">What came.</param>
    public static HeadVerdict Judge(AuditHead? held, HeadOffer offer)
    {
        var head = offer.Head;
        if (!IsSigned(offer))
            return Bad(HeadFault.HeadSignatureInvalid, $"The head of {head.Size} entries is not signed by the key {head.Key} that it names.");
        if (held is null)
            return new HeadVerdict.Good(head);
        if (head.Key != held.Key)
            return Bad(HeadFault.OtherKey, $"The head of {head.Size} entries is signed by the key {head.Key}; the one held, of {held.Size} entries, by {held.Key}.");
        using var key = SigningPublicKey.FromSubjectPublicKeyInfo(offer.Key);
        if (!held.IsSignedBy(key))
            return Bad(HeadFault.HeadSignatureInvalid, $"The head held, of {held.Size} entries, is not signed by {held.Key} any more: it was altered here.");
        if (head.Chain != held.Chain)
            return Bad(HeadFault.OtherTrail, $"The head is of the trail {head.Chain}; the one held is of {held.Chain}: the trail was begun anew.");
        if (head.Size < held.Size)
        {
            return Bad(HeadFault.Rollback,
                $"The trail has {head.Size} entries; on {held.At:u} it had {held.Size}. {held.Size - head.Size} or more were taken away, as when an old database is restored.");
        }

        if (!Consistency.Holds(held.Size, held.Root, head.Size, head.Root, offer.Proof))
        {
            return Bad(HeadFault.Fork,
                $"The trail of {head.Size} entries does not begin with the {held.Size} entries that were signed on {held.At:u}: among them some were changed, left out or put in.");
        }

        return new HeadVerdict.Good(head.Size == held.Size ? held : head);
    }

    private static bool IsSigned(HeadOffer offer)
    {
        try
        {
            using var key = SigningPublicKey.FromSubjectPublicKeyInfo(offer.Key);
            return offer.Head.Size >= 0 && offer.Proof.Count <= Consistency.LongestProof && offer.Head.IsSignedBy(key);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static HeadVerdict.Bad Bad(HeadFault fault, string sentence) => new(fault, sentence);
}
