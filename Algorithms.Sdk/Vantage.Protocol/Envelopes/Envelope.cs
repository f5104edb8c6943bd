using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Streaming;

namespace Vantage.Protocol.Envelopes;

/// <summary>
/// Seals and opens payloads. An envelope carries no signature: manifest and receipt sign its digest. The format is in
/// docs/protocol.md.
/// </summary>
public static class Envelope
{
    /// <summary>How many bytes an envelope has.</summary>
    public static long SealedSize(long plaintextLength, int recipients) =>
        EnvelopeHeader.SizeFor(recipients) + StreamingAead.SealedSize(plaintextLength);

    /// <summary>For what is in memory, such as arguments and small results.</summary>
    public static byte[] Seal(
        ReadOnlySpan<byte> plaintext, EnvelopeContext context, IReadOnlyList<EncryptionPublicKey> recipients)
    {
        var headerSize = EnvelopeHeader.SizeFor(recipients.Count);
        var envelope = new byte[SealedSize(plaintext.Length, recipients.Count)];
        var contextBytes = context.ToBytes();
        var fileKey = RandomNumberGenerator.GetBytes(EnvelopeHeader.FileKeySize);
        Span<byte> payloadKey = stackalloc byte[StreamingAead.KeySize];
        EnvelopeHeader.Write(envelope.AsSpan(0, headerSize), fileKey, contextBytes, recipients);
        PayloadKey.Derive(fileKey, payloadKey);
        StreamingAead.Seal(payloadKey, contextBytes, plaintext, envelope.AsSpan(headerSize));
        CryptographicOperations.ZeroMemory(fileKey);
        CryptographicOperations.ZeroMemory(payloadKey);
        return envelope;
    }

    /// <summary>For what is in memory. Throws <see cref="EnvelopeException"/>.</summary>
    public static byte[] Open(ReadOnlySpan<byte> envelope, EnvelopeContext context, EncryptionKey key)
    {
        var header = EnvelopeReader.Header(envelope);
        var contextBytes = context.ToBytes();
        return EnvelopeReader.OpenBody(
            envelope[header.Length..], contextBytes, EnvelopeHeader.Unwrap(header, contextBytes, key));
    }

    /// <summary>Seals a stream of any length in constant memory. Leaves both streams open.</summary>
    public static async Task<SealedPayload> SealAsync(
        Stream plaintext,
        Stream ciphertext,
        EnvelopeContext context,
        IReadOnlyList<EncryptionPublicKey> recipients,
        CancellationToken cancellationToken)
    {
        using var counted = new DigestStream(ciphertext);
        var header = new byte[EnvelopeHeader.SizeFor(recipients.Count)];
        using var body = Begin(counted, header, context, recipients);
        await counted.WriteAsync(header, cancellationToken);
        await plaintext.CopyToAsync(body, cancellationToken);
        await body.CompleteAsync(cancellationToken);
        return new SealedPayload(counted.GetDigest(), counted.Count);
    }

    /// <summary>
    /// Opens a stream of any length in constant memory. Throws <see cref="EnvelopeException"/>; whatever was written by then
    /// is authentic but may be incomplete, and is to be thrown away.
    /// </summary>
    public static async Task OpenAsync(
        Stream ciphertext, Stream plaintext, EnvelopeContext context, EncryptionKey key, CancellationToken cancellationToken)
    {
        using var body = await EnvelopeReader.OpenStreamAsync(ciphertext, context, key, cancellationToken);
        await body.CopyToAsync(plaintext, cancellationToken);
    }

    /// <summary>The keys an envelope says it is sealed to: what everyone can see, not authenticated.</summary>
    public static IReadOnlyList<KeyId> RecipientsOf(ReadOnlySpan<byte> envelope) =>
        EnvelopeHeader.Recipients(EnvelopeReader.Header(envelope));

    private static SealingStream Begin(
        Stream destination, byte[] header, EnvelopeContext context, IReadOnlyList<EncryptionPublicKey> recipients)
    {
        var contextBytes = context.ToBytes();
        var fileKey = RandomNumberGenerator.GetBytes(EnvelopeHeader.FileKeySize);
        Span<byte> payloadKey = stackalloc byte[StreamingAead.KeySize];
        EnvelopeHeader.Write(header, fileKey, contextBytes, recipients);
        PayloadKey.Derive(fileKey, payloadKey);
        CryptographicOperations.ZeroMemory(fileKey);
        return StreamingAead.SealInto(destination, payloadKey, contextBytes);
    }
}
