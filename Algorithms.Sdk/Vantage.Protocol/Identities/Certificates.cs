using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Identities;

/// <summary>Makes an organization's root, certifies keys with it, and verifies certificates against pinned roots.</summary>
public static partial class Certificates
{
    private const int SerialSize = 16;
    private const int KeyIdentifierSize = 20;

    /// <summary>A self-signed root. Its key belongs offline.</summary>
    public static Certificate CreateRoot(
        OrganizationId organization, string organizationName, SigningKey rootKey, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var name = CertificateNames.Build(organization, organizationName);
        var spki = rootKey.PublicKey.ToSubjectPublicKeyInfo();
        return Issue(Identity.OfRoot(organization), name, spki, name, rootKey, notBefore, notAfter);
    }

    /// <summary>Certifies a requested key. What the request asks for has to be what the admin grants.</summary>
    /// <param name="request">Proves that its sender holds the key.</param>
    /// <param name="identity">Whose key it is, and what for.</param>
    /// <param name="name">The human name of the person or node.</param>
    /// <param name="root">The organization's root certificate.</param>
    /// <param name="rootKey">The root's private key.</param>
    /// <param name="notBefore">From when it is valid.</param>
    /// <param name="notAfter">Until when; not longer than the root.</param>
    public static Certificate Certify(
        KeyRequest request,
        Identity identity,
        string name,
        Certificate root,
        SigningKey rootKey,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter)
    {
        if (root.Identity.Purpose != CertificatePurpose.Root || root.KeyId != rootKey.KeyId)
            throw new ArgumentException("The root key does not belong to the root certificate.", nameof(rootKey));
        if (root.Identity.Organization != identity.Organization)
            throw new ArgumentException($"The root of {root.Identity.Organization} certifies nobody else's keys.", nameof(identity));
        if (identity.Purpose != request.Purpose || (request.Identity is not null && request.Identity != identity))
            throw new ArgumentException($"The request asks for {Asked(request)}, not for {identity}.", nameof(request));
        (notBefore, notAfter) = (ToSecond(notBefore), ToSecond(notAfter));
        if (notBefore < root.NotBefore || notAfter > root.NotAfter)
            throw new ArgumentException("A certificate lies within the validity of its root.", nameof(notAfter));
        return Issue(
            identity,
            CertificateNames.Build(identity.Organization, name),
            request.SubjectPublicKeyInfo,
            new X500DistinguishedName(root.SubjectName),
            rootKey,
            notBefore,
            notAfter);
    }

    private static string Asked(KeyRequest request) => request.Identity?.ToString() ?? $"a {request.Purpose.ToExactName()} key";

    private static Certificate Issue(
        Identity identity,
        X500DistinguishedName subject,
        byte[] spki,
        X500DistinguishedName issuer,
        SigningKey issuerKey,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter)
    {
        var isRoot = identity.Purpose == CertificatePurpose.Root;
        var publicKey = PublicKey.CreateFromSubjectPublicKeyInfo(spki, out _);
        var request = new CertificateRequest(subject, publicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isRoot, isRoot, 0, critical: true));
        request.CertificateExtensions.Add(CertificateExtensions.Usage(identity.Purpose));
        request.CertificateExtensions.Add(CertificateExtensions.IdentityUri(identity));
        request.CertificateExtensions.Add(Identifier(KeyId.OfSubjectPublicKeyInfo(spki)));
        if (!isRoot)
        {
            request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(Identifier(issuerKey.KeyId)));
        }

        var generator = X509SignatureGenerator.CreateForECDsa(issuerKey.Ecdsa);
        using var issued = request.Create(issuer, generator, notBefore, notAfter, Serial());
        return Certificate.Parse(issued.RawData);
    }

    /// <summary>Certificates know no fractions of a second.</summary>
    private static DateTimeOffset ToSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>The first 160 bits of the key id (RFC 7093 §2, method 4).</summary>
    private static X509SubjectKeyIdentifierExtension Identifier(KeyId key) =>
        new(key.ToBytes().AsSpan(0, KeyIdentifierSize), critical: false);

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialSize);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        return serial;
    }
}
