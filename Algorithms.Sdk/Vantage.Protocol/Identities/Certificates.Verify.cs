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
    public static CertifiedIdentity Verify(ReadOnlySpan<byte> der, ITrust trust, DateTimeOffset at) =>
        Verify(der, root: null, trust, at);

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, ITrust, DateTimeOffset)"/>
    public static CertifiedIdentity Verify(Certificate certificate, ITrust trust, DateTimeOffset at) =>
        Verify(certificate, root: null, trust, at);

    /// <summary>As above, and the issuing root has to be this very one, which travelled along.</summary>
    internal static CertifiedIdentity Verify(ReadOnlySpan<byte> der, Digest? root, ITrust trust, DateTimeOffset at)
    {
        var hash = Digest.Of(der);
        var certificate = Remembered.TryGetValue(hash, out var known) ? known : Certificate.Parse(der);
        var verified = Verify(certificate, root, trust, at);
        if (known is null)
        {
            if (Remembered.Count >= MaxRemembered)
                Remembered.Clear();
            Remembered[hash] = certificate;
        }

        return verified;
    }

    private static CertifiedIdentity Verify(Certificate certificate, Digest? root, ITrust trust, DateTimeOffset at)
    {
        var pinned = trust.RootsOf(certificate.Identity.Organization);
        var isRoot = certificate.Identity.Purpose == CertificatePurpose.Root;
        var issuers = pinned
            .Where(r => root is null || r.Certificate.Hash == root)
            .Where(r => isRoot ? r.Certificate.Hash == certificate.Hash : certificate.IsIssuedBy(r.Certificate))
            .ToList();
        if (issuers.Count == 0)
            throw NotPinned(certificate, pinned.Count);

        // A root that was renewed under its old key may be pinned twice: the one that is valid now counts.
        var issuer = issuers.Find(r => IsValid(r.Certificate, at)) ?? issuers[0];
        RequireValid(issuer.Certificate, at);
        RequireValid(certificate, at);
        if (!isRoot && trust.ObjectionTo(certificate, at) is { } objection)
            throw objection;
        return new CertifiedIdentity(certificate, issuer);
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

    private static bool IsValid(Certificate certificate, DateTimeOffset at) =>
        certificate.NotBefore <= at && at <= certificate.NotAfter;

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
