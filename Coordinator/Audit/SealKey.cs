using System.Security.Cryptography;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Cryptography;

namespace Vantage.Coordinator.Audit;

/// <summary>
/// Signs the audit trail. Made at the first start, kept in the data directory for its own account only; the public half
/// lies beside it for auditors.
/// </summary>
internal sealed class SealKey : IDisposable
{
    private readonly ECDsa key;
    private readonly string name;

    public SealKey(PersistenceSettings settings)
    {
        var path = Path.Combine(settings.Data, "audit.key");
        key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(path))
            key.ImportFromPem(File.ReadAllText(path));
        else
            UnixFiles.WriteSecret(path, key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(Path.Combine(settings.Data, "audit.pub"), key.ExportSubjectPublicKeyInfoPem() + "\n");
        name = KeyId.OfSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo()).ToString();
    }

    /// <summary>The key's id, a point, and the signature over the hash as base64url.</summary>
    public string Seal(byte[] hash) => $"{name}.{Vantage.Protocol.Signatures.ExactBase64Url.Encode(key.SignHash(hash))}";

    public bool Verify(byte[] hash, string seal) =>
        seal.StartsWith(name + ".", StringComparison.Ordinal)
        && Vantage.Protocol.Signatures.ExactBase64Url.TryDecode(seal.AsSpan(name.Length + 1), out var signature)
        && key.VerifyHash(hash, signature);

    public void Dispose() => key.Dispose();
}
