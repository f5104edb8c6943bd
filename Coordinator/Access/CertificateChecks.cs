using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Coordinator.Access;

/// <summary>
/// Whether certificates may be published. It keeps mistakes out early; nobody's safety rests on it, since nodes and
/// clients check against roots that they pinned themselves.
/// </summary>
internal static class CertificateChecks
{
    public static Refusal? Check(byte[]? root, Identity signing, byte[] signingCertificate, Identity encryption,
        byte[] encryptionCertificate, DateTimeOffset now, KeyId? signingKey = null, KeyId? encryptionKey = null)
    {
        if (root is null)
        {
            return new Refusal(ErrorCodes.RootMissing,
                $"{signing.Organization} has not published its root yet. Its admin does that first: vantage keys init.");
        }

        try
        {
            var trust = new PinnedRoots([PinnedRoot.Of(Certificate.Parse(root))]);
            Require("signing", signing, signingKey, signingCertificate, trust, now);
            Require("encryption", encryption, encryptionKey, encryptionCertificate, trust, now);
            return null;
        }
        catch (CertificateException e)
        {
            return new Refusal(ErrorCodes.CertificateInvalid, e.Message);
        }
    }

    private static void Require(string member, Identity identity, KeyId? key, byte[] certificate, ITrust trust, DateTimeOffset now)
    {
        var certified = Certificates.Verify(certificate, trust, now);
        if (certified.Identity != identity)
        {
            throw new CertificateException(CertificateFault.WrongPurpose,
                $"{member}: the certificate is that of {certified.Identity}, and {identity} is published here.");
        }

        if (key is { } requested && certified.KeyId != requested)
        {
            throw new CertificateException(CertificateFault.WrongPurpose,
                $"{member}: the certificate is for another key than the one the node asked to have certified. Compare fingerprints.");
        }
    }
}
