using Microsoft.Win32.SafeHandles;

namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>Reads a stretch of a file from its begin to its end, through a window of its own.</summary>
internal sealed class FileBytes(SafeFileHandle file, int window)
{
    private const int Longest = 16 * 1024 * 1024;
    private byte[] buffer = new byte[window];
    private int from;
    private int to;
    private long next;
    private long end;

    /// <summary>How much of the stretch is still to come.</summary>
    public long Left => end - next + (to - from);

    /// <summary>Where in the file the next byte is.</summary>
    public long Position => next - (to - from);

    public void Open(long start, long length) => (from, to, next, end) = (0, 0, start, start + length);

    public byte Byte() => Take(1)[0];

    /// <summary>The next bytes, valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        var taken = Look(count);
        if (taken.Length < count)
            throw new ParquetFault("it ends too early");
        from += count;
        return taken[..count];
    }

    /// <summary>The next bytes, or as many as there are, without going on.</summary>
    public ReadOnlySpan<byte> Look(int count)
    {
        if (to - from < count && next < end)
            Load(count);
        return buffer.AsSpan(from, Math.Min(count, to - from));
    }

    /// <summary>The next bytes, to where they are needed.</summary>
    public void Fill(Span<byte> into)
    {
        var there = Math.Min(into.Length, to - from);
        buffer.AsSpan(from, there).CopyTo(into);
        from += there;
        into = into[there..];
        if (into.Length > end - next)
            throw new ParquetFault("it ends too early");
        if (into.Length < buffer.Length / 2)
        {
            if (into.Length > 0)
                Take(into.Length).CopyTo(into);
            return;
        }

        while (into.Length > 0)
        {
            var read = Read(into);
            into = into[read..];
        }
    }

    public void Skip(long count)
    {
        var there = (int)Math.Min(count, to - from);
        from += there;
        next += count - there;
        if (next > end)
            throw new ParquetFault("it ends too early");
    }

    private void Load(int count)
    {
        if (count > Longest)
            throw new ParquetFault("one value is longer than 16 MiB");
        var kept = buffer.AsSpan(from, to - from);
        if (count > buffer.Length)
        {
            var larger = new byte[Math.Max(count, Math.Min(2 * buffer.Length, Longest))];
            kept.CopyTo(larger);
            buffer = larger;
        }
        else
        {
            kept.CopyTo(buffer);
        }

        (from, to) = (0, to - from);
        while (to < count && next < end)
            to += Read(buffer.AsSpan(to, (int)Math.Min(buffer.Length - to, end - next)));
    }

    private int Read(Span<byte> into)
    {
        var read = RandomAccess.Read(file, into, next);
        next += read > 0 ? read : throw new ParquetFault("it ends too early");
        return read;
    }
}
