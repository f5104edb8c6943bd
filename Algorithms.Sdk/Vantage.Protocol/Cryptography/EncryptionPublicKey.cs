using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>An ECDH P-256 public key: envelopes are sealed to it. May be shared between threads.</summary>
public sealed class EncryptionPublicKey : IDisposable
{
    private readonly ECDiffieHellman holder;
    private readonly byte[] point;
    private readonly byte[] spki;

    /// <summary>Refuses a point that is not on the curve.</summary>
    internal EncryptionPublicKey(ReadOnlySpan<byte> point)
    {
        holder = ECDiffieHellman.Create(P256.PublicParameters(point));
        Ecdh = holder.PublicKey;
        this.point = point.ToArray();
        spki = P256.ToSpki(point);
        KeyId = KeyId.OfSubjectPublicKeyInfo(spki);
    }

    public KeyId KeyId { get; }

    internal ECDiffieHellmanPublicKey Ecdh { get; }

    /// <summary>04‖X‖Y, 65 bytes: HPKE's serialization.</summary>
    internal ReadOnlySpan<byte> Point => point;

    public static EncryptionPublicKey FromSubjectPublicKeyInfo(ReadOnlySpan<byte> der) => new(P256.PointOfSpki(der));

    public byte[] ToSubjectPublicKeyInfo() => [.. spki];

    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", spki) + "\n";

    public void Dispose()
    {
        Ecdh.Dispose();
        holder.Dispose();
    }
}
