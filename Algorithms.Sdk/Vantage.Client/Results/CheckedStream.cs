using System.Security.Cryptography;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Receipts;
using Vantage.Protocol.Streaming;

namespace Vantage.Client.Results;

/// <summary>
/// Content on its way to its reader: at its end its digest is compared with what the node signed for.
/// </summary>
internal sealed class CheckedStream(Stream plaintext, Stream ciphertext, Action<Digest>? check) : ForwardStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool ended;

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
