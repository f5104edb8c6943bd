using System.Buffers.Binary;
using System.Numerics;

namespace Vantage.NodeAgent.Runs.Storage;

/// <summary>
/// One record of a journal file: length (4 bytes) | CRC-32C of the length | CRC-32C of the payload | payload, big-endian.
/// The length has a checksum of its own, so that a flipped bit in it is not taken for a record that was cut off.
/// </summary>
internal static class Frame
{
    public const int HeaderSize = 12;
    public const int MaxPayload = 16 * 1024 * 1024;

    public static byte[] Write(ReadOnlySpan<byte> payload)
    {
        if (payload.Length is 0 or > MaxPayload)
        {
            throw new ArgumentException($"A record has 1 to {MaxPayload} bytes.", nameof(payload));
        }

        var frame = new byte[HeaderSize + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), Checksum(frame.AsSpan(0, 4)));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Checksum(payload));
        payload.CopyTo(frame.AsSpan(HeaderSize));
        return frame;
    }

    /// <summary>Reads the frame at the beginning of <paramref name="rest"/>, which reaches to the end of the file.</summary>
    public static FrameRead Read(ReadOnlySpan<byte> rest)
    {
        // A power cut may leave the file longer than what was written into it: the rest reads as zeros.
        if (rest.TrimEnd((byte)0).Length < HeaderSize)
        {
            return FrameRead.Torn;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        if (BinaryPrimitives.ReadUInt32BigEndian(rest[4..]) != Checksum(rest[..4]) || length is <= 0 or > MaxPayload)
        {
            return FrameRead.Damaged;
        }

        if (rest.Length < HeaderSize + length)
        {
            return FrameRead.Torn;
        }

        var payload = rest.Slice(HeaderSize, length);
        if (BinaryPrimitives.ReadUInt32BigEndian(rest[8..]) == Checksum(payload))
        {
            return FrameRead.Whole;
        }

        // Likewise, a torn payload ends with zeros; a whole one, being JSON, never does.
        return rest.Length == HeaderSize + length && payload[^1] == 0 ? FrameRead.Torn : FrameRead.Damaged;
    }

    public static int LengthOf(ReadOnlySpan<byte> frame) => HeaderSize + BinaryPrimitives.ReadInt32BigEndian(frame);

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        // Begins with ones: else a run of zeros would have the checksum zero, and a hole in a file would look whole.
        var crc = uint.MaxValue;
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}

internal enum FrameRead
{
    Whole,

    /// <summary>The end of a write that never came to its end, so it was never acknowledged: cut it off.</summary>
    Torn,

    /// <summary>Something that had been written whole is no longer what it was.</summary>
    Damaged,
}
