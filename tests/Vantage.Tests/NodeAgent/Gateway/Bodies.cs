namespace Vantage.Tests.NodeAgent.Gateway;

/// <summary>So many zeros of unknown length.</summary>
internal sealed class Endless(long bytes) : ReadOnlyStream
{
    private long left = bytes;

    public override int Read(Span<byte> buffer)
    {
        var read = (int)Math.Min(left, buffer.Length);
        buffer[..read].Clear();
        left -= read;
        return read;
    }
}

/// <summary>Some bytes, then a fault.</summary>
internal sealed class BreaksOff : ReadOnlyStream
{
    private bool started;

    public override int Read(Span<byte> buffer)
    {
        if (started)
        {
            throw new IOException("It broke off, as it should.");
        }

        started = true;
        return buffer.Length;
    }
}

internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
