using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>
/// RFC 9180 in base mode with DHKEM(P-256, HKDF-SHA256) and HKDF-SHA256: encryption to a public key. Base mode says nothing
/// about the sender; manifest and receipt do.
/// </summary>
public static class Hpke
{
    /// <summary>The size of <c>enc</c>, the ephemeral public key.</summary>
    public const int EncapsulatedSize = P256.PointSize;

    private const int SecretSize = 32;

    /// <summary>"KEM" and the KEM's id 0x0010.</summary>
    private static ReadOnlySpan<byte> KemSuite => [0x4b, 0x45, 0x4d, 0x00, 0x10];

    /// <summary>Opens a sending context with a fresh ephemeral key; <paramref name="enc"/> goes to the recipient.</summary>
    public static HpkeContext SetUpSender(EncryptionPublicKey recipient, ReadOnlySpan<byte> info, HpkeAead aead, out byte[] enc)
    {
        using var ephemeral = EncryptionKey.Create();
        return SetUpSender(recipient, info, aead, ephemeral, out enc);
    }

    /// <summary>For the official vectors only: an ephemeral key used twice gives everything away.</summary>
    internal static HpkeContext SetUpSender(
        EncryptionPublicKey recipient, ReadOnlySpan<byte> info, HpkeAead aead, EncryptionKey ephemeral, out byte[] enc)
    {
        enc = ephemeral.PublicKey.Point.ToArray();
        Span<byte> shared = stackalloc byte[SecretSize];
        SharedSecret(ephemeral.Agree(recipient), enc, recipient.Point, shared);
        return KeySchedule(shared, info, aead);
    }

    /// <summary>Throws <see cref="CryptographicException"/> if <paramref name="enc"/> is not a point of the curve.</summary>
    public static HpkeContext SetUpReceiver(ReadOnlySpan<byte> enc, EncryptionKey recipient, ReadOnlySpan<byte> info, HpkeAead aead)
    {
        using var ephemeral = EncryptionPublicKey.FromPoint(enc);
        Span<byte> shared = stackalloc byte[SecretSize];
        SharedSecret(recipient.Agree(ephemeral), enc, recipient.PublicKey.Point, shared);
        return KeySchedule(shared, info, aead);
    }

    /// <summary>RFC 9180 §7.1.3, for the official vectors.</summary>
    internal static EncryptionKey DeriveKeyPair(ReadOnlySpan<byte> ikm)
    {
        Span<byte> prk = stackalloc byte[LabeledHkdf.HashSize];
        LabeledHkdf.Extract(KemSuite, [], "dkp_prk"u8, ikm, prk);
        var candidate = new byte[P256.CoordinateSize];
        for (var counter = 0; counter <= byte.MaxValue; counter++)
        {
            LabeledHkdf.Expand(KemSuite, prk, "candidate"u8, [(byte)counter], candidate);
            if (candidate.AsSpan().ContainsAnyExcept((byte)0) && candidate.AsSpan().SequenceCompareTo(P256.Order) < 0)
                return new EncryptionKey(ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = candidate }));
        }

        throw new CryptographicException("No candidate of 256 was a private key.");
    }

    private static void SharedSecret(byte[] agreed, ReadOnlySpan<byte> enc, ReadOnlySpan<byte> recipient, Span<byte> shared)
    {
        Span<byte> kemContext = stackalloc byte[2 * P256.PointSize];
        enc.CopyTo(kemContext);
        recipient.CopyTo(kemContext[P256.PointSize..]);
        Span<byte> prk = stackalloc byte[LabeledHkdf.HashSize];
        LabeledHkdf.Extract(KemSuite, [], "eae_prk"u8, agreed, prk);
        LabeledHkdf.Expand(KemSuite, prk, "shared_secret"u8, kemContext, shared);
        CryptographicOperations.ZeroMemory(agreed);
        CryptographicOperations.ZeroMemory(prk);
    }

    private static HpkeContext KeySchedule(Span<byte> shared, ReadOnlySpan<byte> info, HpkeAead aead)
    {
        byte[] suite = [(byte)'H', (byte)'P', (byte)'K', (byte)'E', 0x00, 0x10, 0x00, 0x01, 0x00, (byte)aead];
        Span<byte> context = stackalloc byte[1 + (2 * LabeledHkdf.HashSize)];
        context[0] = 0x00;
        LabeledHkdf.Extract(suite, [], "psk_id_hash"u8, [], context.Slice(1, LabeledHkdf.HashSize));
        LabeledHkdf.Extract(suite, [], "info_hash"u8, info, context.Slice(1 + LabeledHkdf.HashSize, LabeledHkdf.HashSize));
        Span<byte> secret = stackalloc byte[LabeledHkdf.HashSize];
        LabeledHkdf.Extract(suite, shared, "secret"u8, [], secret);
        try
        {
            return new HpkeContext(suite, aead, secret, context);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(shared);
        }
    }
}
