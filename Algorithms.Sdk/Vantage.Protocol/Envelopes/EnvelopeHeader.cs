using System.Buffers.Binary;
using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Envelopes;

/// <summary>
/// The part before the payload: magic, version, suite, the file key wrapped for each recipient, and a MAC by the file key over
/// it all. AES-GCM does not commit to its key; the MAC does.
/// </summary>
internal static class EnvelopeHeader
{
    public const int FixedSize = 12;
    public const int MaxRecipients = 256;
    public const int FileKeySize = 32;
    public const int WrappedKeySize = FileKeySize + HpkeContext.TagSize;
    public const int RecipientSize = KeyId.Size + Hpke.EncapsulatedSize + WrappedKeySize;
    public const int MacSize = 32;
    private const byte Version = 0x01;
    private const ushort Suite = 0x0001;

    private static ReadOnlySpan<byte> Magic => "VNTGENV"u8;

    public static int SizeFor(int recipients) => FixedSize + (recipients * RecipientSize) + MacSize;

    /// <summary>Writes the header of a new envelope for a file key. Recipients stand in the order of their key ids.</summary>
    public static void Write(
        Span<byte> header, ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> context, IReadOnlyList<EncryptionPublicKey> recipients)
    {
        var ordered = Ordered(recipients);
        Magic.CopyTo(header);
        header[Magic.Length] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(header[8..], Suite);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], (ushort)ordered.Length);
        var slot = header[FixedSize..];
        foreach (var recipient in ordered)
        {
            recipient.KeyId.CopyTo(slot);
            FileKeyWrap.Wrap(fileKey, recipient, context, slot[KeyId.Size..RecipientSize]);
            slot = slot[RecipientSize..];
        }

        Mac(fileKey, header[..^MacSize], slot);
    }

    /// <summary>The whole header's size, read from its first 12 bytes (or from fewer, if there are no more).</summary>
    public static int ReadSize(ReadOnlySpan<byte> start)
    {
        if (!start.StartsWith(Magic))
            throw new EnvelopeException(EnvelopeFault.NotAnEnvelope);
        if (start.Length > 7 && start[7] != Version)
            throw new EnvelopeException(EnvelopeFault.UnsupportedVersion);
        if (start.Length >= 10 && BinaryPrimitives.ReadUInt16BigEndian(start[8..]) != Suite)
            throw new EnvelopeException(EnvelopeFault.UnsupportedSuite);
        if (start.Length < FixedSize)
            throw new EnvelopeException(EnvelopeFault.Truncated);
        int count = BinaryPrimitives.ReadUInt16BigEndian(start[10..]);
        return count is >= 1 and <= MaxRecipients
            ? SizeFor(count)
            : throw new EnvelopeException(EnvelopeFault.MalformedHeader);
    }

    /// <summary>Finds this key among the recipients, unwraps the file key and checks the header against it.</summary>
    public static byte[] Unwrap(ReadOnlySpan<byte> header, ReadOnlySpan<byte> context, EncryptionKey key)
    {
        var slot = Find(header, key.KeyId);
        if (slot.IsEmpty)
            throw new EnvelopeException(EnvelopeFault.NotARecipient);
        var fileKey = FileKeyWrap.UnwrapOrRefuse(slot[KeyId.Size..], key, context);
        Check(header, fileKey);
        return fileKey;
    }

    /// <summary>Throws unless the header is the one that this file key's owner wrote.</summary>
    public static void Check(ReadOnlySpan<byte> header, ReadOnlySpan<byte> fileKey)
    {
        Span<byte> mac = stackalloc byte[MacSize];
        Mac(fileKey, header[..^MacSize], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, header[^MacSize..]))
            throw new EnvelopeException(EnvelopeFault.HeaderTampered);
    }

    /// <summary>The recipients' key ids, which the header shows to everyone.</summary>
    public static KeyId[] Recipients(ReadOnlySpan<byte> header)
    {
        var ids = new KeyId[(header.Length - FixedSize - MacSize) / RecipientSize];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = KeyId.FromBytes(header.Slice(FixedSize + (i * RecipientSize), KeyId.Size));
        for (var i = 1; i < ids.Length; i++)
        {
            if (ids[i - 1] >= ids[i])
                throw new EnvelopeException(EnvelopeFault.MalformedHeader);
        }

        return ids;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> header, KeyId key)
    {
        var index = Array.BinarySearch(Recipients(header), key);
        return index < 0 ? [] : header.Slice(FixedSize + (index * RecipientSize), RecipientSize);
    }

    private static EncryptionPublicKey[] Ordered(IReadOnlyList<EncryptionPublicKey> recipients)
    {
        var ordered = recipients.DistinctBy(r => r.KeyId).OrderBy(r => r.KeyId).ToArray();
        return ordered.Length is >= 1 and <= MaxRecipients && ordered.Length == recipients.Count
            ? ordered
            : throw new ArgumentException($"An envelope has 1 to {MaxRecipients} different recipients.", nameof(recipients));
    }

    private static void Mac(ReadOnlySpan<byte> fileKey, ReadOnlySpan<byte> content, Span<byte> mac)
    {
        Span<byte> macKey = stackalloc byte[MacSize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, macKey, [], "vantage-envelope-v1 header"u8);
        HMACSHA256.HashData(macKey, content, mac);
        CryptographicOperations.ZeroMemory(macKey);
    }
}
