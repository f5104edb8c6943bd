using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Identities;

/// <summary>Subject names: O is the organization's id, CN a human name.</summary>
internal static class CertificateNames
{
    private const int MaxName = 64;
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";

    public static X500DistinguishedName Build(OrganizationId organization, string name)
    {
        if (!IsAcceptable(name))
            throw new ArgumentException($"A certificate's name has 1 to {MaxName} characters and no control characters.", nameof(name));
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(name);
        builder.AddOrganizationName(organization.ToString());
        return builder.Build();
    }

    /// <summary>Exactly one O and one CN, in either order, each alone in its set.</summary>
    public static (string CommonName, string Organization) Read(byte[] subject)
    {
        var names = new AsnReader(subject, AsnEncodingRules.DER).ReadSequence();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (names.HasData)
        {
            var set = names.ReadSetOf();
            var (oid, text) = ReadAttribute(set.ReadSequence());
            if (set.HasData || !found.TryAdd(oid, text))
                throw CertificateParser.Refuse("its subject is not one O and one CN");
        }

        return found.Count == 2 && found.TryGetValue(CommonNameOid, out var name) && IsAcceptable(name)
            && found.TryGetValue(OrganizationOid, out var organization)
                ? (name, organization)
                : throw CertificateParser.Refuse("its subject is not one O and one CN of 1 to 64 characters");
    }

    private static (string Oid, string Text) ReadAttribute(AsnReader attribute)
    {
        var oid = attribute.ReadObjectIdentifier();
        var type = (UniversalTagNumber)attribute.PeekTag().TagValue;
        var text = type is UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            ? attribute.ReadCharacterString(type)
            : throw CertificateParser.Refuse("its subject is not in UTF-8 or printable characters");
        attribute.ThrowIfNotEmpty();
        return (oid, text);
    }

    private static bool IsAcceptable(string name) =>
        name.EnumerateRunes().Count() is >= 1 and <= MaxName && !name.EnumerateRunes().Any(Rune.IsControl);
}
