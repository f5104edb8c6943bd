using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>
/// An ECDSA P-256 private key. Signatures are SHA-256, 64 bytes r‖s, with the smaller s. May be shared between threads.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa key;

    private SigningKey(ECDsa key)
    {
        this.key = key;
        PublicKey = new SigningPublicKey(P256.PointOf(key.ExportParameters(includePrivateParameters: false).Q));
    }

    public SigningPublicKey PublicKey { get; }

    public KeyId KeyId => PublicKey.KeyId;

    /// <summary>The framework's own key object, for certificate requests.</summary>
    internal ECDsa Ecdsa => key;

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static SigningKey FromPem(string pem, string? password = null)
    {
        var imported = ECDsa.Create();
        try
        {
            KeyPem.Import(imported, pem, password);
            return new SigningKey(imported);
        }
        catch
        {
            imported.Dispose();
            throw;
        }
    }

    /// <summary>PKCS#8; with a password encrypted by PBES2 (AES-256-CBC, PBKDF2-SHA256, 600 000 rounds).</summary>
    public string ToPem(string? password = null) => KeyPem.Export(key, password);

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = new byte[P256.SignatureSize];
        key.SignData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        P256.MakeLowS(signature);
        return signature;
    }

    /// <summary>For formats of others, which want DER: cosign's. Ours are <see cref="Sign"/>'s alone.</summary>
    public byte[] SignDer(ReadOnlySpan<byte> data) =>
        key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose()
    {
        key.Dispose();
        PublicKey.Dispose();
    }
}
