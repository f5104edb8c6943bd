using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>An ECDH P-256 public key: envelopes are sealed to it. May be shared between threads.</summary>
public sealed class EncryptionPublicKey : IDisposable
{
    private readonly byte[] point;
    private readonly byte[] spki;

    /// <summary>The public half of a private key, which needs no check.</summary>
    internal EncryptionPublicKey(ECDiffieHellman privateKey)
        : this(privateKey.PublicKey, P256.PointOf(privateKey.ExportParameters(includePrivateParameters: false).Q))
    {
    }

    private EncryptionPublicKey(ECDiffieHellmanPublicKey key, ReadOnlySpan<byte> point)
    {
        Ecdh = key;
        this.point = point.ToArray();
        spki = P256.ToSpki(point);
        KeyId = KeyId.OfSubjectPublicKeyInfo(spki);
    }

    public KeyId KeyId { get; }

    internal ECDiffieHellmanPublicKey Ecdh { get; }

    /// <summary>04‖X‖Y, 65 bytes: HPKE's serialization.</summary>
    internal ReadOnlySpan<byte> Point => point;

    public static EncryptionPublicKey FromSubjectPublicKeyInfo(ReadOnlySpan<byte> der) => FromPoint(P256.PointOfSpki(der));

    /// <summary>Refuses a point that is not on the curve.</summary>
    internal static EncryptionPublicKey FromPoint(ReadOnlySpan<byte> point)
    {
        using var imported = ECDiffieHellman.Create(P256.PublicParameters(point));
        return new EncryptionPublicKey(imported.PublicKey, point);
    }

    public byte[] ToSubjectPublicKeyInfo() => [.. spki];

    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", spki) + "\n";

    public void Dispose() => Ecdh.Dispose();
}
