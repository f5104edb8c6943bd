using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>An ECDH P-256 private key: opens envelopes. May be shared between threads.</summary>
public sealed class EncryptionKey : IDisposable
{
    private readonly ECDiffieHellman key;

    internal EncryptionKey(ECDiffieHellman key)
    {
        this.key = key;
        PublicKey = new EncryptionPublicKey(key);
    }

    public EncryptionPublicKey PublicKey { get; }

    public KeyId KeyId => PublicKey.KeyId;

    public static EncryptionKey Create() => new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    public static EncryptionKey FromPem(string pem, string? password = null)
    {
        var imported = ECDiffieHellman.Create();
        try
        {
            KeyPem.Import(imported, pem, password);
            return new EncryptionKey(imported);
        }
        catch
        {
            imported.Dispose();
            throw;
        }
    }

    /// <summary>PKCS#8; with a password encrypted by PBES2 (AES-256-CBC, PBKDF2-SHA256, 600 000 rounds).</summary>
    public string ToPem(string? password = null) => KeyPem.Export(key, password);

    /// <summary>The x-coordinate of the shared point. Both keys are on the curve: the import checked it.</summary>
    internal byte[] Agree(EncryptionPublicKey other) => key.DeriveRawSecretAgreement(other.Ecdh);

    /// <summary>
    /// The same key as a signer, for the one signature it makes in its life: the proof of possession in its certificate request.
    /// </summary>
    internal ECDsa ForProofOfPossession() => ECDsa.Create(key.ExportParameters(includePrivateParameters: true));

    public void Dispose()
    {
        key.Dispose();
        PublicKey.Dispose();
    }
}
