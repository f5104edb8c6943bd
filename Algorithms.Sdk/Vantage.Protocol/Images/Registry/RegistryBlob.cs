namespace Vantage.Protocol.Images.Registry;

/// <summary>The body of a blob, within the time that its request was given. Ends with what carried it.</summary>
internal sealed class RegistryBlob(
    HttpResponseMessage response, Stream body, CancellationTokenSource patience, RegistryHttp http, CancellationToken outer) : Stream
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

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            return await body.ReadAsync(buffer, both.Token);
        }
        catch (OperationCanceledException) when (!outer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw http.TooSlow();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw http.Broken(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            response.Dispose();
            patience.Dispose();
        }

        base.Dispose(disposing);
    }
}
