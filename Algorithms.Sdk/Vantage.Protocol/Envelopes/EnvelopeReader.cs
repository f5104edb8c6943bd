using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Streaming;

namespace Vantage.Protocol.Envelopes;

/// <summary>Opens envelopes as they arrive.</summary>
public static class EnvelopeReader
{
    /// <summary>
    /// Reads and checks the header, then gives a stream of plaintext. Reading throws <see cref="EnvelopeException"/> for
    /// altered and for missing content; a reader that sees the end has had everything. Leaves the ciphertext stream open.
    /// </summary>
    public static async Task<Stream> OpenStreamAsync(
        Stream ciphertext, EnvelopeContext context, EncryptionKey key, CancellationToken cancellationToken)
    {
        var contextBytes = context.ToBytes();
        var header = await ReadHeaderAsync(ciphertext, cancellationToken);
        return BodyStream(ciphertext, contextBytes, EnvelopeHeader.Unwrap(header, contextBytes, key));
    }

    internal static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> envelope)
    {
        var size = EnvelopeHeader.ReadSize(envelope[..Math.Min(envelope.Length, EnvelopeHeader.FixedSize)]);
        return size <= envelope.Length ? envelope[..size] : throw new EnvelopeException(EnvelopeFault.Truncated);
    }

    public static async Task<byte[]> ReadHeaderAsync(Stream ciphertext, CancellationToken cancellationToken)
    {
        var start = new byte[EnvelopeHeader.FixedSize];
        var read = await ciphertext.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        var header = new byte[EnvelopeHeader.ReadSize(start.AsSpan(0, read))];
        start.CopyTo(header, 0);
        var rest = header.AsMemory(start.Length);
        read = await ciphertext.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken);
        return read == rest.Length ? header : throw new EnvelopeException(EnvelopeFault.Truncated);
    }

    internal static Stream BodyStream(Stream ciphertext, ReadOnlySpan<byte> context, byte[] fileKey)
    {
        Span<byte> payloadKey = stackalloc byte[StreamingAead.KeySize];
        PayloadKey.Derive(fileKey, payloadKey);
        CryptographicOperations.ZeroMemory(fileKey);
        return new OpeningStream(ciphertext, payloadKey, context, static fault => new EnvelopeException(Translate(fault)));
    }

    internal static byte[] OpenBody(ReadOnlySpan<byte> body, ReadOnlySpan<byte> context, byte[] fileKey)
    {
        Span<byte> payloadKey = stackalloc byte[StreamingAead.KeySize];
        PayloadKey.Derive(fileKey, payloadKey);
        CryptographicOperations.ZeroMemory(fileKey);
        try
        {
            return StreamingAead.Open(payloadKey, context, body);
        }
        catch (StreamingAeadException e)
        {
            throw new EnvelopeException(Translate(e.Fault), e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(payloadKey);
        }
    }

    private static EnvelopeFault Translate(StreamingAeadFault fault) =>
        fault == StreamingAeadFault.Truncated ? EnvelopeFault.Truncated : EnvelopeFault.BodyTampered;
}
