using System.Security.Cryptography;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Receipts;

namespace Vantage.Client.Results;

/// <summary>
/// Content on its way to its reader: at its end its digest is compared with what the node signed for.
/// </summary>
internal sealed class CheckedStream(Stream plaintext, Stream ciphertext, Action<Digest>? check) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = plaintext.Read(buffer);
            return Checked(read, buffer[..read], buffer.Length);
        }
        catch (Exception e) when (e is EnvelopeException or ReceiptException)
        {
            throw Failures.Of(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await plaintext.ReadAsync(buffer, cancellationToken);
            return Checked(read, buffer.Span[..read], buffer.Length);
        }
        catch (Exception e) when (e is EnvelopeException or ReceiptException)
        {
            throw Failures.Of(e);
        }
    }

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
            plaintext.Dispose();
            ciphertext.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Checked(int read, ReadOnlySpan<byte> bytes, int asked)
    {
        hash.AppendData(bytes);
        if (read == 0 && asked > 0 && !ended)
        {
            ended = true;
            check?.Invoke(Digest.FromHash(hash.GetHashAndReset()));
        }

        return read;
    }
}
