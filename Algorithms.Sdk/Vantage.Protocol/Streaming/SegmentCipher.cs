using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vantage.Protocol.Streaming;

/// <summary>Seals or opens the segments of one stream, in order.</summary>
internal sealed class SegmentCipher : IDisposable
{
    private const int NonceSize = 12;
    private const int TagSize = StreamingAead.TagSize;

    private readonly AesGcm aead;
    private readonly byte[] noncePrefix;
    private uint counter;

    /// <summary>How long the current segment is unless it is the last. The header is part of the first.</summary>
    public int FullSize => counter == 0 ? StreamingAead.SegmentSize - StreamingAead.HeaderSize : StreamingAead.SegmentSize;


    private SegmentCipher(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> header)
    {
        var salt = header.Slice(1, StreamingAead.SaltSize);
        noncePrefix = header[(1 + StreamingAead.SaltSize)..].ToArray();
        Span<byte> streamKey = stackalloc byte[StreamingAead.KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, streamKey, salt, associatedData);
        aead = new AesGcm(streamKey, TagSize);
        CryptographicOperations.ZeroMemory(streamKey);
    }

    public static SegmentCipher ForSealing(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData, Span<byte> header)
    {
        header[0] = StreamingAead.HeaderSize;
        RandomNumberGenerator.Fill(header[1..]);
        return new SegmentCipher(key, associatedData, header);
    }

    public static SegmentCipher ForOpening(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> header) =>
        header[0] == StreamingAead.HeaderSize
            ? new SegmentCipher(key, associatedData, header)
            : throw new StreamingAeadException(StreamingAeadFault.Tampered);

    /// <summary><paramref name="destination"/> is 16 bytes longer than the plaintext and may begin at the same place.</summary>
    public void Seal(ReadOnlySpan<byte> plaintext, Span<byte> destination, bool last)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        Nonce(nonce, last);
        aead.Encrypt(nonce, plaintext, destination[..plaintext.Length], destination.Slice(plaintext.Length, TagSize));
        Advance(last);
    }

    /// <summary>Writes the plaintext, possibly in place, and returns its length.</summary>
    public int Open(ReadOnlySpan<byte> segment, Span<byte> destination, bool last)
    {
        var length = segment.Length - TagSize;
        if (length < 0 || (length == 0 && counter > 0))
            throw new StreamingAeadException(length < 0 ? StreamingAeadFault.Truncated : StreamingAeadFault.Tampered);

        // A full segment at the end that authenticates as one with successors tells a missing end from an altered one. The
        // copy is for callers who open in place: a failed decryption wipes its target.
        var copy = last && segment.Length == FullSize ? segment.ToArray() : null;
        if (!TryOpen(segment, destination[..length], last))
        {
            var cut = copy is not null && TryOpen(copy, destination[..length], last: false);
            CryptographicOperations.ZeroMemory(destination[..length]);
            throw new StreamingAeadException(cut ? StreamingAeadFault.Truncated : StreamingAeadFault.Tampered);
        }

        Advance(last);
        return length;
    }

    public void Dispose() => aead.Dispose();

    private bool TryOpen(ReadOnlySpan<byte> segment, Span<byte> destination, bool last)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        Nonce(nonce, last);
        try
        {
            aead.Decrypt(nonce, segment[..destination.Length], segment[destination.Length..], destination);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private void Nonce(Span<byte> nonce, bool last)
    {
        noncePrefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[StreamingAead.NoncePrefixSize..], counter);
        nonce[^1] = last ? (byte)1 : (byte)0;
    }

    private void Advance(bool last) => counter = last ? counter : checked(counter + 1);
}
