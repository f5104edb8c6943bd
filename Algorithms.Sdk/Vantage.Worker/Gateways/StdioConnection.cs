using System.Buffers;
using System.IO.Pipelines;
using Vantage.Protocol.Algorithms;

namespace Vantage.Worker.Gateways;

/// <summary>One connection to the Gateway over standard streams. Disposing it hangs up.</summary>
internal sealed class StdioConnection(StdioConnections all, byte number) : Stream
{
    // Without a limit: who waits for another connection's answer must not be held up by this one's.
    private readonly Pipe heard = new(new PipeOptions(pauseWriterThreshold: 0));
    private int ends;
    private int hungUp;

    public byte Number => number;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Empty when the node sends no more.</summary>
    public void Heard(byte[] content)
    {
        if (content.Length > 0)
        {
            heard.Writer.Write(content);
            // Nobody is ever waited for: the pipe has no limit.
            _ = heard.Writer.FlushAsync().AsTask();
            return;
        }

        heard.Writer.Complete();
        End();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await heard.Reader.ReadAsync(cancellationToken);
        var taken = read.Buffer.Slice(0, Math.Min(buffer.Length, read.Buffer.Length));
        var position = 0;
        foreach (var part in taken)
        {
            part.CopyTo(buffer[position..]);
            position += part.Length;
        }

        heard.Reader.AdvanceTo(taken.End);
        return position;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Nothing here waits with a thread: who holds one while all others read would stop the worker.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var left = buffer; left.Length > 0;)
        {
            var part = left[..Math.Min(left.Length, GatewayFrame.MaxLength)];
            await all.SendAsync(new(GatewayFrameKind.Data, number, part.Length), part, cancellationToken);
            left = left[part.Length..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref hungUp, 1) == 0)
        {
            _ = HangUpAsync();
        }

        base.Dispose(disposing);
    }

    private async Task HangUpAsync()
    {
        try
        {
            await all.SendAsync(new(GatewayFrameKind.End, number, 0), ReadOnlyMemory<byte>.Empty, CancellationToken.None);
        }
        catch (IOException)
        {
            // The node is gone: nobody waits for this word.
        }

        End();
    }

    private void End()
    {
        if (Interlocked.Increment(ref ends) == 2)
        {
            all.Free(this);
        }
    }
}
