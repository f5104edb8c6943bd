using System.Security.Cryptography;

namespace Vantage.Protocol.Cryptography;

/// <summary>Private keys as PKCS#8 PEM, in the clear or under a password.</summary>
internal static class KeyPem
{
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    /// <summary>PBES2 with AES-256-CBC and PBKDF2-SHA256; the count is OWASP's for this function.</summary>
    private static readonly PbeParameters Protection = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);

    public static bool IsEncrypted(string pem) => pem.Contains(EncryptedLabel, StringComparison.Ordinal);

    public static string Export(ECAlgorithm key, string? password) =>
        password is null
            ? key.ExportPkcs8PrivateKeyPem() + "\n"
            : key.ExportEncryptedPkcs8PrivateKeyPem(password, Protection) + "\n";

    public static void Import(ECAlgorithm key, string pem, string? password)
    {
        try
        {
            if (!IsEncrypted(pem))
                key.ImportFromPem(pem);
            else if (password is not null)
                key.ImportFromEncryptedPem(pem, password);
            else
                throw new CryptographicException("The private key is under a password, and none was given.");
        }
        catch (PlatformNotSupportedException e)
        {
            // How OpenSSL answers to a curve that it does not know.
            throw new CryptographicException("The private key is not of the curve P-256, or is damaged.", e);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException(
                "No private key found: expected a PEM block 'PRIVATE KEY' or 'ENCRYPTED PRIVATE KEY' (PKCS#8).", e);
        }

        P256.RequireP256(key.ExportParameters(includePrivateParameters: true));
    }
}
