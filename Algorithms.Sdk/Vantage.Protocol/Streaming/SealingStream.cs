namespace Vantage.Protocol.Streaming;

/// <summary>Takes plaintext, writes segments. One segment is held back until it is known whether it is the last.</summary>
public sealed class SealingStream : Stream
{
    private readonly Stream destination;
    private readonly SegmentCipher cipher;
    private readonly SegmentBuffer segment = new();
    private readonly byte[] header = new byte[StreamingAead.HeaderSize];
    private bool headerWritten;
    private bool completed;

    internal SealingStream(Stream destination, ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData)
    {
        this.destination = destination;
        cipher = SegmentCipher.ForSealing(key, associatedData, header);
    }

    public override bool CanRead => false;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        while (!buffer.IsEmpty)
        {
            var capacity = cipher.FullSize - StreamingAead.TagSize;
            if (segment.Count == capacity)
            {
                await WriteSegmentAsync(last: false, cancellationToken);
                continue;
            }

            var room = segment.Room(capacity);
            var taken = Math.Min(room.Length, buffer.Length);
            buffer[..taken].CopyTo(room);
            segment.Count += taken;
            buffer = buffer[taken..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sealed streams go to disks and networks: they are written asynchronously.</summary>
    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Write to a sealing stream asynchronously.");

    /// <summary>Writes the last segment. Without it nobody can open the stream.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(completed, this);
        await WriteSegmentAsync(last: true, cancellationToken);
        completed = true;
        await destination.FlushAsync(cancellationToken);
    }

    /// <summary>Nothing to do: a segment goes out when it is full.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            completed = true;
            cipher.Dispose();
            segment.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task WriteSegmentAsync(bool last, CancellationToken cancellationToken)
    {
        if (!headerWritten)
        {
            await destination.WriteAsync(header, cancellationToken);
            headerWritten = true;
        }

        var length = segment.Count + StreamingAead.TagSize;
        segment.Require(length);
        cipher.Seal(segment.Span[..segment.Count], segment.Span[..length], last);
        await destination.WriteAsync(segment.Memory[..length], cancellationToken);
        segment.Count = 0;
    }
}
