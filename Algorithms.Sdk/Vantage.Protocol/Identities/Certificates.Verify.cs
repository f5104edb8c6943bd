using System.Collections.Concurrent;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Identities;

public static partial class Certificates
{
    private const int MaxRemembered = 4096;

    /// <summary>
    /// Certificates that a pinned root issued, by hash, so that a busy host parses and checks each once. What can change
    /// (pins and time) is asked anew every time.
    /// </summary>
    private static readonly ConcurrentDictionary<Digest, Certificate> Remembered = new();

    /// <summary>
    /// Says whose key a certificate certifies. Throws <see cref="CertificateException"/> unless a pinned root of the
    /// certificate's organization issued it and both are valid at the instant.
    /// </summary>
    public static CertifiedIdentity Verify(ReadOnlySpan<byte> der, ITrust trust, DateTimeOffset at)
    {
        var hash = Digest.Of(der);
        var certificate = Remembered.TryGetValue(hash, out var known) ? known : Certificate.Parse(der);
        var verified = Verify(certificate, trust, at);
        if (known is null)
        {
            if (Remembered.Count >= MaxRemembered)
                Remembered.Clear();
            Remembered[hash] = certificate;
        }

        return verified;
    }

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, ITrust, DateTimeOffset)"/>
    public static CertifiedIdentity Verify(Certificate certificate, ITrust trust, DateTimeOffset at)
    {
        var roots = trust.RootsOf(certificate.Identity.Organization);
        var root = certificate.Identity.Purpose == CertificatePurpose.Root
            ? roots.FirstOrDefault(r => r.Certificate.Hash == certificate.Hash)
            : roots.FirstOrDefault(r => certificate.IsIssuedBy(r.Certificate));
        if (root is null)
            throw NotPinned(certificate, roots.Count);
        RequireValid(root.Certificate, at);
        RequireValid(certificate, at);
        return new CertifiedIdentity(certificate, root);
    }

    private static CertificateException NotPinned(Certificate certificate, int roots) => roots == 0
        ? new(
            CertificateFault.OrganizationNotPinned,
            $"Organization {certificate.Identity.Organization} (it calls itself '{certificate.Name}') is not pinned here. If you "
            + "work with it, compare its fingerprint with its admin and add it with 'vantage keys pin'.")
        : new(
            CertificateFault.RootNotPinned,
            $"The certificate of {certificate.Identity} was not issued by a pinned root of its organization. If the organization "
            + "changed its root, compare the new fingerprint with its admin and pin it; otherwise somebody forged it.");

    private static void RequireValid(Certificate certificate, DateTimeOffset at)
    {
        if (at < certificate.NotBefore)
        {
            throw new CertificateException(
                CertificateFault.CertificateNotYetValid,
                $"The certificate of {certificate.Identity} is valid from {certificate.NotBefore:u}, and it is {at:u}. "
                + "Is this machine's clock right?");
        }

        if (at > certificate.NotAfter)
        {
            throw new CertificateException(
                CertificateFault.CertificateExpired,
                $"The certificate of {certificate.Identity} expired on {certificate.NotAfter:u}. Its organization's admin can "
                + "certify a new one.");
        }
    }
}
