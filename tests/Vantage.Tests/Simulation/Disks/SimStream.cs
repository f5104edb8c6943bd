namespace Vantage.Tests.Simulation.Disks;

/// <summary>An open file of a <see cref="SimDisk"/>.</summary>
internal sealed class SimStream(SimDisk disk, SimFile file, bool writes) : Stream
{
    private int position;

    public SimFile File => file;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => writes;

    public override long Length => file.Length;

    public override long Position
    {
        get => position;
        set => position = (int)value;
    }

    public override void Flush()
    {
    }

    public override int Read(Span<byte> buffer)
    {
        var read = Math.Clamp(file.Length - position, 0, buffer.Length);
        file.Bytes.Slice(Math.Min(position, file.Length), read).CopyTo(buffer);
        position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var fits = disk.Admit(buffer.Length);
        file.Write(position, buffer[..fits]);
        position += fits;
        if (fits < buffer.Length)
        {
            throw new IOException("No space left on the simulated disk.");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => file.Length + offset,
    };

    public override void SetLength(long value) => file.SetLength((int)value);
}
