using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Envelopes;

/// <summary>A file key for one recipient: enc (65 bytes) and the wrapped key (48 bytes), by HPKE with AES-256-GCM.</summary>
internal static class FileKeyWrap
{
    public const int Size = Hpke.EncapsulatedSize + EnvelopeHeader.WrappedKeySize;

    public static void Wrap(ReadOnlySpan<byte> fileKey, EncryptionPublicKey recipient, ReadOnlySpan<byte> info, Span<byte> target)
    {
        using var context = Hpke.SetUpSender(recipient, info, HpkeAead.Aes256Gcm, out var enc);
        enc.CopyTo(target);
        context.Seal([], fileKey).CopyTo(target[Hpke.EncapsulatedSize..]);
    }

    public static byte[] UnwrapOrRefuse(ReadOnlySpan<byte> wrapped, EncryptionKey key, ReadOnlySpan<byte> info)
    {
        try
        {
            using var context = Hpke.SetUpReceiver(wrapped[..Hpke.EncapsulatedSize], key, info, HpkeAead.Aes256Gcm);
            return context.Open([], wrapped[Hpke.EncapsulatedSize..Size]);
        }
        catch (CryptographicException e)
        {
            throw new EnvelopeException(EnvelopeFault.KeyNotUnwrapped, e);
        }
    }
}
