using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Api;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Tasks;

/// <summary>
/// What a person asks at one device is read at all of theirs: answers are sealed to each. The Coordinator tells which there
/// are; it can leave some out, and can add none that the person's own organization did not certify for them.
/// </summary>
internal static class OwnDevices
{
    /// <summary>This device first, then those whose keys count at the moment.</summary>
    /// <exception cref="VantageException">One that is told is certified, and is somebody else's.</exception>
    public static IReadOnlyList<ManifestRecipient> Recipients(UserKeys keys, IReadOnlyList<Device> devices, ITrust trust, DateTimeOffset now) =>
    [
        .. devices.Select(device => Certified(device, keys.EncryptionCertificate.Identity, trust, now)).OfType<Certificate>()
            .Prepend(keys.EncryptionCertificate).DistinctBy(certificate => certificate.KeyId).Select(Recipient),
    ];

    /// <summary>Null for one that was revoked, has expired, or is of a root that was changed since: it reads nothing new.</summary>
    private static Certificate? Certified(Device device, Identity own, ITrust trust, DateTimeOffset now)
    {
        CertifiedIdentity certified;
        try
        {
            certified = Certificates.Verify(device.EncryptionCertificate, trust, now).For(CertificatePurpose.Encryption);
        }
        catch (TrustException)
        {
            return null;
        }

        return certified.Identity == own
            ? certified.Certificate
            : throw new VantageException(ClientErrorCodes.CertificateUntrusted,
                $"What the Coordinator gives as one of your devices belongs to {certified.Identity}.",
                "Nothing was sent. Tell your Coordinator's admin: somebody may be swapping keys.");
    }

    private static ManifestRecipient Recipient(Certificate certificate) => new()
    {
        Organization = certificate.Identity.Organization,
        Principal = certificate.Identity.Principal.ToString()!,
        Key = certificate.KeyId,
        Certificate = certificate.Der.ToArray(),
    };
}
