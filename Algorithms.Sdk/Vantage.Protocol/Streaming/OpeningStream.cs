using System.Runtime.ExceptionServices;
using System.Security.Cryptography;

namespace Vantage.Protocol.Streaming;

/// <summary>
/// Reads segments, gives plaintext, and only such plaintext as has been authenticated. Its end is authenticated too: a reader
/// that sees 0 bytes has had everything. Once it failed it goes on failing.
/// </summary>
internal sealed class OpeningStream : ForwardStream
{
    private readonly Stream source;
    private readonly Func<StreamingAeadFault, Exception> failure;
    private readonly byte[] key;
    private readonly byte[] associatedData;
    private readonly byte[] lookahead = new byte[1];
    private readonly SegmentBuffer buffer = new();
    private SegmentCipher? cipher;
    private ExceptionDispatchInfo? failed;
    private int given;
    private bool lookedAhead;
    private bool ended;

    internal OpeningStream(
        Stream source, ReadOnlySpan<byte> key, ReadOnlySpan<byte> associatedData, Func<StreamingAeadFault, Exception> failure)
    {
        this.source = source;
        this.failure = failure;
        this.key = key.ToArray();
        this.associatedData = associatedData.ToArray();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        failed?.Throw();
        while (given == buffer.Count && !ended && !destination.IsEmpty)
            await NextSegmentAsync(cancellationToken);
        var length = Math.Min(destination.Length, buffer.Count - given);
        buffer.Memory.Slice(given, length).CopyTo(destination);
        given += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(key);
            cipher?.Dispose();
            buffer.Dispose();
            ended = true;
        }

        base.Dispose(disposing);
    }

    private async Task NextSegmentAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (cipher is null)
            {
                var header = await ReadHeaderAsync(cancellationToken);
                cipher = SegmentCipher.ForOpening(key, associatedData, header);
            }

            await FillAsync(cipher.FullSize, cancellationToken);
            OpenSegment(cipher);
            ended = !lookedAhead;
        }
        catch (StreamingAeadException e)
        {
            given = buffer.Count = 0;
            failed = ExceptionDispatchInfo.Capture(failure(e.Fault));
            failed.Throw();
        }
    }

    /// <summary>In place: the plaintext takes the room of its segment.</summary>
    private void OpenSegment(SegmentCipher segments) =>
        buffer.Count = segments.Open(buffer.Span[..buffer.Count], buffer.Span, last: !lookedAhead);

    private async Task<byte[]> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var header = new byte[StreamingAead.HeaderSize];
        var read = await source.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        return read == header.Length ? header : throw new StreamingAeadException(StreamingAeadFault.Truncated);
    }

    /// <summary>Reads one segment, and one byte more to learn whether it is the last.</summary>
    private async Task FillAsync(int full, CancellationToken cancellationToken)
    {
        buffer.Count = given = 0;
        if (lookedAhead)
        {
            lookahead.CopyTo(buffer.Room(full));
            buffer.Count = 1;
            lookedAhead = false;
        }

        while (buffer.Count < full)
        {
            var read = await source.ReadAsync(buffer.Room(full), cancellationToken);
            if (read == 0)
                return;
            buffer.Count += read;
        }

        lookedAhead = await source.ReadAsync(lookahead, cancellationToken) == 1;
    }
}
