using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Vantage.Protocol.Identities;

/// <summary>The extensions that carry meaning here: basic constraints, key usage and the identity URI.</summary>
internal static class CertificateExtensions
{
    public const string SubjectAlternativeNameOid = "2.5.29.17";
    public const string KeyUsageOid = "2.5.29.15";
    private const string BasicConstraintsOid = "2.5.29.19";

    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    private static ReadOnlySpan<byte> NoAuthority => [0x30, 0x00];

    private static ReadOnlySpan<byte> Authority => [0x30, 0x03, 0x01, 0x01, 0xff];

    /// <summary>With path length 0: this is what we issue.</summary>
    private static ReadOnlySpan<byte> AuthorityOverLeaves => [0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x00];

    /// <summary>Key usage is one of three; which one says what the key is for.</summary>
    public static X509KeyUsageExtension Usage(CertificatePurpose purpose) => new(UsageFlags(purpose), critical: true);

    public static X509Extension IdentityUri(Identity identity)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            writer.WriteCharacterString(UniversalTagNumber.IA5String, identity.ToString(), UriTag);
        return new X509Extension(SubjectAlternativeNameOid, writer.Encode(), critical: false);
    }

    /// <summary>Exactly one name, and it is an identity URI.</summary>
    public static Identity ReadIdentityUri(ReadOnlyMemory<byte> value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER);
        var names = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var uri = names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag);
        names.ThrowIfNotEmpty();
        return Identity.TryParse(uri, out var identity)
            ? identity
            : throw CertificateParser.Refuse("its alternative name is not a vantage:// identity");
    }

    /// <summary>Reads the identity and requires that authority and key usage fit it.</summary>
    public static Identity ReadIdentity(AsnReader explicitTag)
    {
        var extensions = explicitTag.ReadSequence();
        explicitTag.ThrowIfNotEmpty();
        var found = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        while (extensions.HasData)
        {
            var (oid, critical, value) = ReadExtension(extensions.ReadSequence());
            if (critical && oid is not (SubjectAlternativeNameOid or KeyUsageOid or BasicConstraintsOid))
                throw CertificateParser.Refuse($"it has an unknown critical extension {oid}");
            if (!found.TryAdd(oid, value))
                throw CertificateParser.Refuse($"it has extension {oid} twice");
        }

        if (!found.TryGetValue(SubjectAlternativeNameOid, out var name))
            throw CertificateParser.Refuse("it has no vantage:// identity");
        var identity = ReadIdentityUri(name);
        if (!found.TryGetValue(KeyUsageOid, out var usage) || ReadPurpose(usage.Span) != identity.Purpose)
            throw CertificateParser.Refuse($"its key usage does not fit {identity}");
        return FitsAuthority(found.GetValueOrDefault(BasicConstraintsOid).Span, identity.Purpose == CertificatePurpose.Root)
            ? identity
            : throw CertificateParser.Refuse($"its basic constraints do not fit {identity}");
    }

    /// <summary>What a key usage allows, if it is exactly one of ours.</summary>
    public static CertificatePurpose? ReadPurpose(ReadOnlySpan<byte> value)
    {
        foreach (var purpose in Enum.GetValues<CertificatePurpose>())
        {
            if (value.SequenceEqual(Usage(purpose).RawData))
                return purpose;
        }

        return null;
    }

    private static X509KeyUsageFlags UsageFlags(CertificatePurpose purpose) => purpose switch
    {
        CertificatePurpose.Root =>
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign | X509KeyUsageFlags.DigitalSignature,
        CertificatePurpose.Signing => X509KeyUsageFlags.DigitalSignature,
        CertificatePurpose.Encryption => X509KeyUsageFlags.KeyAgreement,
        CertificatePurpose.Revocation => X509KeyUsageFlags.CrlSign,
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    private static (string Oid, bool Critical, ReadOnlyMemory<byte> Value) ReadExtension(AsnReader extension)
    {
        var oid = extension.ReadObjectIdentifier();
        var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
        var value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        return (oid, critical, value);
    }

    private static bool FitsAuthority(ReadOnlySpan<byte> constraints, bool isRoot) => isRoot
        ? constraints.SequenceEqual(Authority) || constraints.SequenceEqual(AuthorityOverLeaves)
        : constraints.IsEmpty || constraints.SequenceEqual(NoAuthority);
}
