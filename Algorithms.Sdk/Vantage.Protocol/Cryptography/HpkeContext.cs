using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>An open HPKE context: seals or opens messages in sequence, and exports secrets. Not for two threads at once.</summary>
public sealed class HpkeContext : IDisposable
{
    public const int TagSize = 16;
    private const int NonceSize = 12;

    private readonly byte[] suite;
    private readonly byte[] baseNonce = new byte[NonceSize];
    private readonly byte[] exporterSecret = new byte[LabeledHkdf.HashSize];
    private readonly AesGcm aead;
    private ulong sequence;

    internal HpkeContext(byte[] suite, HpkeAead aead, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> keyScheduleContext)
    {
        this.suite = suite;
        Span<byte> key = stackalloc byte[aead == HpkeAead.Aes128Gcm ? 16 : 32];
        LabeledHkdf.Expand(suite, secret, "key"u8, keyScheduleContext, key);
        LabeledHkdf.Expand(suite, secret, "base_nonce"u8, keyScheduleContext, baseNonce);
        LabeledHkdf.Expand(suite, secret, "exp"u8, keyScheduleContext, exporterSecret);
        this.aead = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
    }

    public byte[] Seal(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext)
    {
        var sealedMessage = new byte[plaintext.Length + TagSize];
        Span<byte> nonce = stackalloc byte[NonceSize];
        NextNonce(nonce);
        aead.Encrypt(
            nonce, plaintext, sealedMessage.AsSpan(0, plaintext.Length), sealedMessage.AsSpan(plaintext.Length), associatedData);
        sequence++;
        return sealedMessage;
    }

    /// <summary>Throws <see cref="CryptographicException"/> for anything but the next message of this context.</summary>
    public byte[] Open(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> sealedMessage)
    {
        if (sealedMessage.Length < TagSize)
            throw new AuthenticationTagMismatchException();
        var plaintext = new byte[sealedMessage.Length - TagSize];
        Span<byte> nonce = stackalloc byte[NonceSize];
        NextNonce(nonce);
        aead.Decrypt(nonce, sealedMessage[..plaintext.Length], sealedMessage[plaintext.Length..], plaintext, associatedData);
        sequence++;
        return plaintext;
    }

    public byte[] Export(ReadOnlySpan<byte> exporterContext, int length)
    {
        var exported = new byte[length];
        if (length > 0)
            LabeledHkdf.Expand(suite, exporterSecret, "sec"u8, exporterContext, exported);
        return exported;
    }

    public void Dispose()
    {
        aead.Dispose();
        CryptographicOperations.ZeroMemory(exporterSecret);
    }

    private void NextNonce(Span<byte> nonce)
    {
        baseNonce.CopyTo(nonce);
        var tail = nonce[4..];
        BinaryPrimitives.WriteUInt64BigEndian(tail, BinaryPrimitives.ReadUInt64BigEndian(tail) ^ sequence);
    }
}
