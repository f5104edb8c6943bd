using Vantage.Protocol.Streaming;

namespace Vantage.Protocol.Images.Archives;

/// <summary>A part of a file, as a stream of its own.</summary>
internal sealed class FileWindow(FileStream file, long offset, long length) : ForwardStream
{
    private long position;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(file.SafeFileHandle, buffer[..Fit(buffer.Length)], offset + position);
        position += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await RandomAccess.ReadAsync(file.SafeFileHandle, buffer[..Fit(buffer.Length)], offset + position, cancellationToken);
        position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private int Fit(int wanted) => (int)Math.Min(wanted, length - position);
}
