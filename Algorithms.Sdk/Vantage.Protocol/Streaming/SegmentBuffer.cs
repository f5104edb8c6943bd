using System.Buffers;

namespace Vantage.Protocol.Streaming;

/// <summary>Room for one segment, rented as it fills, so that a small message never holds 1 MiB. Cleared when returned.</summary>
internal sealed class SegmentBuffer : IDisposable
{
    private const int Initial = 32 * 1024;
    private byte[] bytes = [];

    public int Count { get; set; }

    public Span<byte> Span => bytes;

    public Memory<byte> Memory => bytes;

    /// <summary>Free room of at least one byte after what is there, as long as <paramref name="limit"/> allows.</summary>
    public Memory<byte> Room(int limit)
    {
        if (Count == bytes.Length || bytes.Length == 0)
            Grow(Math.Min(Math.Max(Initial, bytes.Length * 2), StreamingAead.SegmentSize));
        return bytes.AsMemory(Count, Math.Min(limit, bytes.Length) - Count);
    }

    /// <summary>Makes sure that <paramref name="length"/> bytes fit.</summary>
    public void Require(int length)
    {
        if (length > bytes.Length)
            Grow(length);
    }

    public void Dispose()
    {
        Release();
        bytes = [];
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length);
        bytes.AsSpan(0, Count).CopyTo(larger);
        Release();
        bytes = larger;
    }

    private void Release()
    {
        if (bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
    }
}
