using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.Client.Home;

/// <summary>
/// <c>key-revocations/</c>, the newest list of revoked keys of each organization that publishes one; and, at the one who signs
/// the own organization's, <c>keys/revoker</c>.
/// </summary>
public sealed partial class ClientHome
{
    private string RevokerKeyPath => Path.Combine(Keys, "revoker.key");

    private string RevokerPath => Path.Combine(Keys, "revoker.crt");

    /// <summary>This home signs the organization's list of revoked keys.</summary>
    public bool HasRevoker => File.Exists(RevokerKeyPath) && File.Exists(RevokerPath);

    /// <summary>What organizations said of their keys, as far as it was fetched.</summary>
    public RevocationFolder KeyRevocations => field ??= new RevocationFolder(Path.Combine(Directory, "key-revocations"));

    /// <summary>The pinned roots, less the keys that were revoked.</summary>
    /// <param name="now">This machine's clock.</param>
    /// <param name="forNewWork">Whether lists have to hold still: not for reading what was done before.</param>
    public ITrust ReadTrust(DateTimeOffset now, bool forNewWork) => new CheckedTrust(ReadPins(now), KeyRevocations, forNewWork);

    /// <summary>Keeps a new key for the list of revoked keys; a certificate of an earlier one goes.</summary>
    public void WriteRevokerKey(SigningKey key)
    {
        File.Delete(RevokerPath);
        WriteKey(RevokerKeyPath, key.ToPem());
    }

    /// <summary>Keeps the certificate if it is of this home's key and by its organization's root.</summary>
    public void WriteRevokerCertificate(Certificate certificate)
    {
        using var key = OpenSigningKey(RevokerKeyPath);
        if (certificate.Identity.Purpose != CertificatePurpose.Revocation || certificate.KeyId != key.KeyId)
        {
            throw new VantageException(ClientErrorCodes.CertificateUntrusted,
                $"The certificate is that of {certificate.Identity} with key {certificate.KeyId}, and this home's is {key.KeyId}.",
                "Have the request of this home certified: vantage keys signer certify.");
        }

        _ = Failures.Translate(() => Certificates.Verify(certificate, new PinnedRoots([PinnedRoot.Of(ReadRoot())]),
            certificate.NotBefore));
        Write(RevokerPath, certificate.ToPem());
    }

    /// <summary>The certificate of who signs the list, if that is here.</summary>
    public Certificate ReadRevokerCertificate() => ReadCertificate(RevokerPath,
        "Make a signer with 'vantage keys signer create', in the home that holds the root or certified by it.");

    /// <summary>The caller disposes the key.</summary>
    public (SigningKey Key, CertificateChain Chain) OpenRevoker() => (
        OpenSigningKey(RevokerKeyPath),
        CertificateChain.Of(ReadRevokerCertificate(), ReadRoot()));
}
