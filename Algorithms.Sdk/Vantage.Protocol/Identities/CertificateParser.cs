using System.Formats.Asn1;
using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Identities;

/// <summary>
/// Reads the profile of docs/protocol.md and nothing else. Written out, rather than left to the platform's chain builder,
/// so that every platform, and every second implementation, draws the line in the same place.
/// </summary>
internal static class CertificateParser
{
    private const int MaxSize = 8 * 1024;
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";

    public static CertificateFields Parse(ReadOnlySpan<byte> der)
    {
        if (der.Length > MaxSize)
            throw Refuse($"it has {der.Length} bytes; more than {MaxSize} are not accepted");
        try
        {
            return Read(new AsnReader(der.ToArray(), AsnEncodingRules.DER));
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException and not CertificateException)
        {
            throw new CertificateException(
                CertificateFault.CertificateMalformed, "Not a certificate of Vantage's profile: " + e.Message, e);
        }
    }

    internal static CertificateException Refuse(string why) =>
        new(CertificateFault.CertificateMalformed, $"Not a certificate of Vantage's profile: {why}.");

    private static CertificateFields Read(AsnReader reader)
    {
        var certificate = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var toBeSigned = certificate.PeekEncodedValue().ToArray();
        var body = certificate.ReadSequence();
        RequireEcdsa(certificate.ReadSequence());
        var signature = certificate.ReadBitString(out var unused);
        certificate.ThrowIfNotEmpty();
        if (unused != 0)
            throw Refuse("its signature does not end on a byte");

        var version = body.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
        if (!version.TryReadInt32(out var v) || v != 2)
            throw Refuse("it is not of X.509 version 3");
        version.ThrowIfNotEmpty();
        var serial = Convert.ToHexString(body.ReadIntegerBytes().Span);
        RequireEcdsa(body.ReadSequence());
        var issuer = body.ReadEncodedValue().ToArray();
        var validity = body.ReadSequence();
        var (notBefore, notAfter) = (ReadTime(validity), ReadTime(validity));
        validity.ThrowIfNotEmpty();
        var subject = body.ReadEncodedValue().ToArray();
        var spki = body.ReadEncodedValue().ToArray();
        P256.PointOfSpki(spki);
        var identity = CertificateExtensions.ReadIdentity(body.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 3)));
        body.ThrowIfNotEmpty();

        CertificateNames.Read(issuer);
        var (commonName, organization) = CertificateNames.Read(subject);
        if (organization != identity.Organization.ToString())
            throw Refuse("the organization in its subject is not the one in its identity URI");
        return new CertificateFields(
            toBeSigned, signature, serial, issuer, subject, commonName, identity, notBefore, notAfter, spki);
    }

    private static void RequireEcdsa(AsnReader algorithm)
    {
        if (algorithm.ReadObjectIdentifier() != EcdsaWithSha256)
            throw Refuse("it is not signed by ECDSA with SHA-256");
        algorithm.ThrowIfNotEmpty();
    }

    private static DateTimeOffset ReadTime(AsnReader validity) =>
        validity.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? validity.ReadUtcTime(2049) : validity.ReadGeneralizedTime();
}
