namespace Vantage.Protocol.Streaming;

/// <summary>
/// Tink's AES256-GCM-HKDF-1MB: authenticated encryption of streams in segments of 1 MiB. Each segment's place and whether it
/// is the last are part of its nonce, so that none can be dropped, moved, added or cut off. Memory does not grow with the
/// stream. The layout is in docs/protocol.md.
/// </summary>
public static class StreamingAead
{
    public const int KeySize = 32;
    public const int SegmentSize = 1 << 20;
    public const int HeaderSize = 1 + SaltSize + NoncePrefixSize;
    public const int TagSize = 16;
    internal const int SaltSize = 32;
    internal const int NoncePrefixSize = 7;

    /// <summary>How long a sealed stream is. The header counts as part of the first segment.</summary>
    public static long SealedSize(long plaintextLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(plaintextLength);
        return HeaderSize + plaintextLength + (TagSize * Segments(plaintextLength));
    }

    /// <summary>For what is in memory; <paramref name="destination"/> has exactly <see cref="SealedSize"/> bytes.</summary>
    public static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        if (destination.Length != SealedSize(plaintext.Length))
            throw new ArgumentException("Needs exactly SealedSize bytes.", nameof(destination));
        using var cipher = SegmentCipher.ForSealing(key, associatedData, destination[..HeaderSize]);
        destination = destination[HeaderSize..];
        bool last;
        do
        {
            var capacity = cipher.FullSize - TagSize;
            last = plaintext.Length <= capacity;
            var segment = plaintext[..Math.Min(capacity, plaintext.Length)];
            cipher.Seal(segment, destination[..(segment.Length + TagSize)], last);
            plaintext = plaintext[segment.Length..];
            destination = destination[(segment.Length + TagSize)..];
        }
        while (!last);
    }

    /// <summary>For what is in memory. Throws <see cref="StreamingAeadException"/> unless every byte is as it was sealed.</summary>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> sealedStream)
    {
        if (sealedStream.Length < HeaderSize)
            throw new StreamingAeadException(StreamingAeadFault.Truncated);
        using var cipher = SegmentCipher.ForOpening(key, associatedData, sealedStream[..HeaderSize]);
        sealedStream = sealedStream[HeaderSize..];
        var plaintext = new byte[PlaintextLength(sealedStream.Length)];
        var written = 0;
        bool last;
        do
        {
            last = sealedStream.Length <= cipher.FullSize;
            var segment = sealedStream[..Math.Min(cipher.FullSize, sealedStream.Length)];
            written += cipher.Open(segment, plaintext.AsSpan(written), last);
            sealedStream = sealedStream[segment.Length..];
        }
        while (!last);
        return plaintext;
    }

    /// <summary>
    /// A stream to write plaintext into. Call <see cref="SealingStream.CompleteAsync"/> at the end: a stream that is only
    /// disposed of stays without its last segment, so that half a message never passes for a whole one.
    /// </summary>
    public static SealingStream SealInto(Stream destination, ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData) =>
        new(destination, key, associatedData);

    /// <summary>A stream to read plaintext from. Throws <see cref="StreamingAeadException"/>, at the latest at the end.</summary>
    public static Stream OpenFrom(Stream source, ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData) =>
        new OpeningStream(source, key, associatedData, static fault => new StreamingAeadException(fault));

    private static long Segments(long plaintextLength)
    {
        const long First = SegmentSize - HeaderSize - TagSize;
        const long Next = SegmentSize - TagSize;
        return plaintextLength <= First ? 1 : 1 + ((plaintextLength - First + Next - 1) / Next);
    }

    /// <summary>Of segments that are all whole but possibly the last, which may even be shorter than its tag.</summary>
    private static int PlaintextLength(int length)
    {
        const int First = SegmentSize - HeaderSize;
        var fullSegments = length <= First ? 0 : 1 + ((length - First - 1) / SegmentSize);
        var last = length <= First ? length : 1 + ((length - First - 1) % SegmentSize);
        return length - last - (fullSegments * TagSize) + Math.Max(0, last - TagSize);
    }
}
