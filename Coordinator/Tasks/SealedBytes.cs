using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;

namespace Vantage.Coordinator.Tasks;

/// <summary>
/// What can be said of ciphertext without a key: that it is an envelope, and for whom. Anything else is turned away, so
/// that nobody's plaintext comes to lie here by mistake.
/// </summary>
internal static class SealedBytes
{
    /// <summary>Payloads up to this size travel inside messages and lie in rows.</summary>
    public const int MaxInline = 16 * 1024;

    /// <summary>Longer than the header of an envelope with as many recipients as there may be.</summary>
    private const int Start = 64 * 1024;

    /// <summary>What is wrong with inline bytes, as the end of a sentence; null if nothing.</summary>
    public static string? Check(byte[] bytes, Digest digest, long size) =>
        bytes.Length > MaxInline ? $"has {bytes.Length} bytes; more than {MaxInline} are uploaded first"
        : bytes.Length != size ? $"has {bytes.Length} bytes, not the {size} that were signed"
        : Digest.Of(bytes) != digest ? "does not have the digest that was signed"
        : Recipients(bytes) is null ? "is not an envelope; only sealed content is taken"
        : null;

    /// <summary>The keys an envelope is sealed to; null if it is none.</summary>
    public static IReadOnlyList<KeyId>? Recipients(ReadOnlySpan<byte> envelope)
    {
        try
        {
            return Envelope.RecipientsOf(envelope);
        }
        catch (EnvelopeException)
        {
            return null;
        }
    }

    /// <summary>The same for a blob. Empty if there is no such blob.</summary>
    public static async Task<IReadOnlyList<KeyId>?> RecipientsAsync(IBlobStore blobs, BlobKey key, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenAsync(key, cancellationToken);
        if (content is null)
        {
            return [];
        }

        var start = new byte[Math.Min(Start, content.Length)];
        await content.ReadExactlyAsync(start, cancellationToken);
        return Recipients(start);
    }
}
