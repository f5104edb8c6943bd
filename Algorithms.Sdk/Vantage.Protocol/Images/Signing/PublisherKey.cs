using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Signing;

/// <summary>A publisher whose signature counts, by the name that the one who trusts it chose.</summary>
public sealed record PublisherKey(string Name, SigningPublicKey Key)
{
    /// <summary>By which logs, receipts and revocation lists call the key.</summary>
    public KeyId Id => Key.KeyId;

    /// <summary>
    /// Reads <c>cosign.pub</c> or any PEM block <c>PUBLIC KEY</c> with a P-256 key. The curve is fixed here, the algorithm
    /// with it: a signature can't choose either. Throws <see cref="CryptographicException"/>.
    /// </summary>
    public static PublisherKey FromPem(string name, string pem)
    {
        if (!PemEncoding.TryFind(pem, out var found) || pem[found.Label] != "PUBLIC KEY")
        {
            throw new CryptographicException(
                "Expected a PEM block 'PUBLIC KEY' with a P-256 key, as in cosign.pub or from 'openssl ec -pubout'.");
        }

        return pem[found.Location.End..].Contains("-----BEGIN", StringComparison.Ordinal)
            ? throw new CryptographicException("There is more than one PEM block; one publisher has one key.")
            : new PublisherKey(name, SigningPublicKey.FromSubjectPublicKeyInfo(Convert.FromBase64String(pem[found.Base64Data])));
    }
}
