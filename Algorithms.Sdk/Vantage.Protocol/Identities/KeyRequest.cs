using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Identities;

/// <summary>
/// A request to certify a key: PKCS#10, signed by the key itself, which proves that the asker holds it. It may state the
/// identity asked for; the organization's admin decides it.
/// </summary>
public sealed class KeyRequest
{
    private const string PemLabel = "CERTIFICATE REQUEST";

    private KeyRequest(byte[] der)
    {
        Der = der;
        Request = Load(der);
        SubjectPublicKeyInfo = Request.PublicKey.ExportSubjectPublicKeyInfo();
        P256.PointOfSpki(SubjectPublicKeyInfo);
        KeyId = KeyId.OfSubjectPublicKeyInfo(SubjectPublicKeyInfo);
        Purpose = PurposeOf(Request);
        Identity = Find(Request, CertificateExtensions.SubjectAlternativeNameOid) is { } name
            ? CertificateExtensions.ReadIdentityUri(name.RawData)
            : null;
    }

    public ReadOnlyMemory<byte> Der { get; }

    public KeyId KeyId { get; }

    /// <summary>What the key is to be for.</summary>
    public CertificatePurpose Purpose { get; }

    /// <summary>The identity asked for, if the asker knew it.</summary>
    public Identity? Identity { get; }

    internal CertificateRequest Request { get; }

    internal byte[] SubjectPublicKeyInfo { get; }

    public static KeyRequest Create(SigningKey key, Identity? identity = null) =>
        Create(key.Ecdsa, CertificatePurpose.Signing, identity);

    /// <summary>For the key that signs an organization's revocations.</summary>
    public static KeyRequest OfRevoker(SigningKey key, OrganizationId organization) =>
        Create(key.Ecdsa, CertificatePurpose.Revocation, Identity.OfRevoker(organization));

    public static KeyRequest Create(EncryptionKey key, Identity? identity = null)
    {
        using var signer = key.ForProofOfPossession();
        return Create(signer, CertificatePurpose.Encryption, identity);
    }

    /// <summary>Throws <see cref="CertificateException"/> unless the request is well formed and signed by its own key.</summary>
    public static KeyRequest Parse(ReadOnlySpan<byte> der)
    {
        try
        {
            return new KeyRequest(der.ToArray());
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or NotSupportedException
            or ArgumentException or InvalidOperationException)
        {
            // The platform's reader lets several kinds of exception out when bytes from outside are not a request.
            throw new CertificateException(
                CertificateFault.CertificateMalformed,
                "Not a certificate request signed by its own key: " + e.Message + " Make a new one with 'vantage keys request'.",
                e);
        }
    }

    public static KeyRequest FromPem(string pem) =>
        PemEncoding.TryFind(pem, out var found) && pem[found.Label] == PemLabel
            ? Parse(Convert.FromBase64String(pem[found.Base64Data]))
            : throw new CertificateException(
                CertificateFault.CertificateMalformed, $"No certificate request found: expected a PEM block '{PemLabel}'.");

    /// <summary>For a request that an encryption key be certified, or used at once.</summary>
    public EncryptionPublicKey EncryptionKey() => Purpose == CertificatePurpose.Encryption
        ? EncryptionPublicKey.FromSubjectPublicKeyInfo(SubjectPublicKeyInfo)
        : throw new CertificateException(CertificateFault.WrongPurpose, "The request is not one of an encryption key.");

    public string ToPem() => PemEncoding.WriteString(PemLabel, Der.Span) + "\n";

    private static KeyRequest Create(ECDsa key, CertificatePurpose purpose, Identity? identity)
    {
        if (identity is not null && identity.Purpose != purpose)
            throw new ArgumentException($"A {purpose.ToExactName()} key can't be {identity}.", nameof(identity));
        var request = new CertificateRequest(new X500DistinguishedName(""), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(CertificateExtensions.Usage(purpose));
        if (identity is not null)
            request.CertificateExtensions.Add(CertificateExtensions.IdentityUri(identity));
        return new KeyRequest(request.CreateSigningRequest());
    }

    private static CertificateRequest Load(byte[] der) => CertificateRequest.LoadSigningRequest(
        der, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);

    private static CertificatePurpose PurposeOf(CertificateRequest request) =>
        Find(request, CertificateExtensions.KeyUsageOid) is { } usage
        && CertificateExtensions.ReadPurpose(usage.RawData) is { } purpose and not CertificatePurpose.Root
            ? purpose
            : throw new CryptographicException("its key usage is neither signing (digitalSignature) nor encryption (keyAgreement).");

    private static X509Extension? Find(CertificateRequest request, string oid) =>
        request.CertificateExtensions.SingleOrDefault(e => e.Oid?.Value == oid);
}
