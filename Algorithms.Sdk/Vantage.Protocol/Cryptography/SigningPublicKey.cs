using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>An ECDSA P-256 public key. May be shared between threads.</summary>
public sealed class SigningPublicKey : IDisposable
{
    private readonly ECDsa key;
    private readonly byte[] spki;

    internal SigningPublicKey(ReadOnlySpan<byte> point)
    {
        key = ECDsa.Create(P256.PublicParameters(point));
        spki = P256.ToSpki(point);
        KeyId = KeyId.OfSubjectPublicKeyInfo(spki);
    }

    public KeyId KeyId { get; }

    public static SigningPublicKey FromSubjectPublicKeyInfo(ReadOnlySpan<byte> der) => new(P256.PointOfSpki(der));

    /// <summary>Reads what <see cref="ToPem"/> writes. Throws <see cref="CryptographicException"/>.</summary>
    public static SigningPublicKey FromPem(string pem) =>
        PemEncoding.TryFind(pem, out var fields) && pem[fields.Label] == "PUBLIC KEY"
            ? FromSubjectPublicKeyInfo(Convert.FromBase64String(pem[fields.Base64Data]))
            : throw new CryptographicException("There is no PUBLIC KEY in PEM.");

    public byte[] ToSubjectPublicKeyInfo() => [.. spki];

    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", spki) + "\n";

    /// <summary>True only for a signature of 64 bytes r‖s with s ≤ n/2.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == P256.SignatureSize
        && P256.IsLowS(signature)
        && key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>For certificates, whose signatures are DER.</summary>
    internal bool VerifyDer(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => key.Dispose();
}
