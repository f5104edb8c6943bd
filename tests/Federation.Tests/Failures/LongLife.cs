using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Federation.Tests.Worlds;

namespace Federation.Tests.Failures;

/// <summary>
/// What years leave in a node's journal: records that no longer matter, until it is worth writing it anew. Here: of a mode that
/// was set again and again.
/// </summary>
internal static class LongLife
{
    private const int Records = 40_000;

    /// <summary>To the journal of a node that does not run.</summary>
    public static void Append(Site site)
    {
        var payload = Encoding.UTF8.GetBytes("""{"is":"mode","mode":"Active"}""");
        var frame = new byte[12 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), Checksum(frame.AsSpan(0, 4)));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Checksum(payload));
        payload.CopyTo(frame, 12);
        using var journal = new FileStream(Path.Combine(site.NodeFolder, "state", "journal"), FileMode.Append);
        for (var i = 0; i < Records; i++)
        {
            journal.Write(frame);
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
