using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Identities;

/// <summary>
/// A parsed X.509 certificate of the profile in docs/protocol.md. Parsing proves nothing:
/// <see cref="Certificates.Verify(ReadOnlySpan{byte}, ITrust, DateTimeOffset)"/> does.
/// </summary>
public sealed class Certificate
{
    private readonly CertificateFields fields;
    private readonly SigningPublicKey? signingKey;
    private readonly EncryptionPublicKey? encryptionKey;
    private Certificate? knownIssuer;

    private Certificate(byte[] der, CertificateFields fields)
    {
        Der = der;
        this.fields = fields;
        Hash = Digest.Of(der);
        KeyId = KeyId.OfSubjectPublicKeyInfo(fields.SubjectPublicKeyInfo);
        if (fields.Identity.Purpose == CertificatePurpose.Encryption)
            encryptionKey = EncryptionPublicKey.FromSubjectPublicKeyInfo(fields.SubjectPublicKeyInfo);
        else
            signingKey = SigningPublicKey.FromSubjectPublicKeyInfo(fields.SubjectPublicKeyInfo);
    }

    public ReadOnlyMemory<byte> Der { get; }

    public Digest Hash { get; }

    public Identity Identity => fields.Identity;

    /// <summary>The human name: of the person, the node or, for a root, the organization.</summary>
    public string Name => fields.CommonName;

    public KeyId KeyId { get; }

    public DateTimeOffset NotBefore => fields.NotBefore;

    public DateTimeOffset NotAfter => fields.NotAfter;

    /// <summary>Upper-case hexadecimal, as openssl shows it.</summary>
    public string SerialNumber => fields.SerialNumber;

    /// <summary>For a root or signing certificate.</summary>
    public SigningPublicKey SigningKey =>
        signingKey ?? throw new InvalidOperationException("An encryption certificate's key does not sign.");

    /// <summary>For an encryption certificate.</summary>
    public EncryptionPublicKey EncryptionKey =>
        encryptionKey ?? throw new InvalidOperationException("A signing certificate's key does not open envelopes.");

    internal ReadOnlySpan<byte> SubjectName => fields.Subject;

    /// <summary>Throws <see cref="CertificateException"/> for anything outside the profile.</summary>
    public static Certificate Parse(ReadOnlySpan<byte> der)
    {
        var read = CertificateParser.Parse(der);
        try
        {
            return new Certificate(der.ToArray(), read);
        }
        catch (CryptographicException e)
        {
            throw new CertificateException(
                CertificateFault.CertificateMalformed, "The public key of the certificate is not a point of its curve.", e);
        }
    }

    public static Certificate FromPem(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var found) || pem[found.Label] != "CERTIFICATE")
        {
            throw new CertificateException(
                CertificateFault.CertificateMalformed, "No certificate found: expected a PEM block 'CERTIFICATE'.");
        }

        return Parse(Convert.FromBase64String(pem[found.Base64Data]));
    }

    public string ToPem() => PemEncoding.WriteString("CERTIFICATE", Der.Span) + "\n";

    /// <summary>
    /// True if this root's key signed the certificate and the names fit. A success is remembered, since it can't change.
    /// </summary>
    internal bool IsIssuedBy(Certificate root)
    {
        if (knownIssuer is { } known && known.Hash == root.Hash)
            return true;
        var issued = root.Identity.Purpose == CertificatePurpose.Root
            && root.Identity.Organization == Identity.Organization
            && fields.Issuer.AsSpan().SequenceEqual(root.SubjectName)
            && root.SigningKey.VerifyDer(fields.ToBeSigned, fields.Signature);
        if (issued)
            knownIssuer = root;
        return issued;
    }
}
