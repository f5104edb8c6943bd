using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Receipts;

/// <summary>A receipt that is believed; checks what was fetched against it.</summary>
public sealed record VerifiedReceipt(OuterReceipt Receipt, CertifiedIdentity Node, Digest OfJws, CollaborationId Collaboration)
{
    /// <summary>The context to open the run's envelope of this kind with.</summary>
    public EnvelopeContext ContextOf(PayloadKind kind) =>
        new(Collaboration, Receipt.Task, Receipt.Run, kind, Receipt.Epoch, Node.KeyId);

    /// <summary>The payload of this kind that the node committed, if any.</summary>
    public ReceiptPayload? Find(PayloadKind kind) => Receipt.Payloads.SingleOrDefault(p => p.Kind == kind);

    /// <summary>Throws <see cref="ReceiptException"/> unless this is the envelope that the node committed.</summary>
    public void RequirePayload(PayloadKind kind, Digest digest, long size)
    {
        if (Find(kind) is not { } payload || payload.Digest != digest || payload.Size != size)
        {
            throw new ReceiptException(
                ReceiptFault.PayloadMismatch,
                $"The {kind.ToExactName()} of {Receipt.Run} is not the one its node signed for: fetch it again; if it stays so, "
                + "somebody replaced it.");
        }
    }

    /// <summary>
    /// Reads the inner receipt from a result's or error's plaintext. Throws <see cref="ReceiptException"/> unless it is the one
    /// that the node signed for.
    /// </summary>
    public InnerReceipt ReadInner(ReadOnlySpan<byte> inner)
    {
        if (Receipt.Inner != Digest.Of(inner))
            throw Mismatch("the inner receipt is not the one its node signed for");
        try
        {
            return ExactJson.Read(inner, SignedJson.Default.InnerReceipt) is { V: 1, HasSalt: true } receipt
                ? receipt
                : throw Mismatch("its inner receipt is of an unknown version, or has no salt");
        }
        catch (JsonException e)
        {
            throw new ReceiptException(ReceiptFault.InnerMismatch, $"The inner receipt of {Receipt.Run} is malformed: {e.Message}", e);
        }
    }

    /// <summary>Throws <see cref="ReceiptException"/> unless the body is the one that the inner receipt speaks of.</summary>
    public void RequireBody(InnerReceipt inner, Digest body)
    {
        if (inner.Plaintext != body)
            throw Mismatch("its content is not the one that its inner receipt speaks of");
    }

    private ReceiptException Mismatch(string why) => new(ReceiptFault.InnerMismatch, $"{Receipt.Run}: {why}.");
}
