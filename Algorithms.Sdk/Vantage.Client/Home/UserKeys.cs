using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Client.Home;

/// <summary>
/// A person's keys with the certificates that say whose they are: what signs manifests and opens results.
/// </summary>
internal sealed class UserKeys : IDisposable
{
    private UserKeys(SigningKey signing, EncryptionKey encryption, CertificateChain chain,
        Certificate encryptionCertificate) =>
        (Signing, Encryption, Chain, EncryptionCertificate) = (signing, encryption, chain, encryptionCertificate);

    public SigningKey Signing { get; }

    public EncryptionKey Encryption { get; }

    public CertificateChain Chain { get; }

    public Certificate EncryptionCertificate { get; }

    public static UserKeys Open(ClientHome home) =>
        Check(home, home.ReadSigningCertificate(), home.ReadEncryptionCertificate());

    public static UserKeys Check(ClientHome home, Certificate signing, Certificate encryption)
    {
        var root = home.ReadRoot();
        var (signingKey, encryptionKey) = home.OpenUserKeys();
        try
        {
            Require(signing.Identity.Purpose == CertificatePurpose.Signing && signing.KeyId == signingKey.KeyId
                && encryption.Identity.Purpose == CertificatePurpose.Encryption
                && encryption.KeyId == encryptionKey.KeyId,
                "The certificates are not of the keys in this home.");
            Require(signing.Identity.Principal is Principal.User
                && signing.Identity.Principal == encryption.Identity.Principal,
                "The two certificates are not of one person.");
            Require(IsIssued(encryption, root),
                "The encryption certificate was not issued by your organization's root.");
            return new UserKeys(signingKey, encryptionKey, CertificateChain.Of(signing, root), encryption);
        }
        catch (Exception e)
        {
            signingKey.Dispose();
            encryptionKey.Dispose();
            if (e is not ArgumentException)
            {
                throw;
            }

            throw Wrong("The signing certificate was not issued by your organization's root.");
        }
    }

    public void Dispose()
    {
        Signing.Dispose();
        Encryption.Dispose();
    }

    private static bool IsIssued(Certificate certificate, Certificate root)
    {
        try
        {
            return CertificateChain.Of(certificate, root).Signer == certificate;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw Wrong(what);
        }
    }

    private static VantageException Wrong(string what) => new(ClientErrorCodes.CertificateUntrusted, what,
        "Make new requests with 'vantage keys request', compare fingerprints with your admin, and have them "
        + "certified.");
}
