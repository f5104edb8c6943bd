using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Streaming;

namespace Vantage.NodeAgent.Images.Importing;

/// <summary>Hashes what passes, and ends what does not end.</summary>
internal sealed class CountedStream(Stream inner, long most) : ForwardStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Count { get; private set; }

    /// <summary>Of all that has passed.</summary>
    public Digest Digest() => Protocol.Cryptography.Digest.FromHash(hash.GetCurrentHash());

    public async Task DrainAsync(CancellationToken cancellationToken) => await CopyToAsync(Null, cancellationToken);

    public override int Read(Span<byte> buffer) => Passed(buffer, inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Passed(buffer.Span, read);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Passed(ReadOnlySpan<byte> buffer, int read)
    {
        Count += read;
        if (Count > most)
        {
            throw new OverrunException();
        }

        hash.AppendData(buffer[..read]);
        return read;
    }

    internal sealed class OverrunException : Exception;
}
