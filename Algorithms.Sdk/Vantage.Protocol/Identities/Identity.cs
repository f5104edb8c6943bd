using System.Diagnostics.CodeAnalysis;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Identities;

/// <summary>
/// What a certificate says of its key, as the URI in its subject alternative name: <c>vantage://org_…/root</c>,
/// <c>vantage://org_…/revocations</c>, <c>vantage://org_…/usr_…/signing</c>, <c>vantage://org_…/nod_…/encryption</c>.
/// </summary>
public sealed record Identity(OrganizationId Organization, Principal Principal, CertificatePurpose Purpose)
{
    private const string Scheme = "vantage://";

    public static Identity OfRoot(OrganizationId organization) =>
        new(organization, Principal.OfRoot, CertificatePurpose.Root);

    public static Identity Of(OrganizationId organization, UserId user, CertificatePurpose purpose) =>
        new(organization, new Principal.User(user), purpose);

    public static Identity Of(OrganizationId organization, NodeId node, CertificatePurpose purpose) =>
        new(organization, new Principal.Node(node), purpose);

    public static Identity OfRevoker(OrganizationId organization) =>
        new(organization, Principal.OfRevoker, CertificatePurpose.Revocation);

    /// <summary>Accepts exactly what <see cref="ToString"/> writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? uri, [NotNullWhen(true)] out Identity? identity)
    {
        identity = null;
        if (uri is null || !uri.StartsWith(Scheme, StringComparison.Ordinal))
            return false;
        var parts = uri[Scheme.Length..].Split('/');
        if (parts.Length < 2 || !Id.TryParse<OrganizationId>(parts[0], out var organization)
            || !Principal.TryParse(parts[1], out var principal))
        {
            return false;
        }

        identity = (principal, parts.Length, parts[^1]) switch
        {
            (Principal.Root, 2, _) => OfRoot(organization),
            (Principal.Revoker, 2, _) => OfRevoker(organization),
            (Principal.User or Principal.Node, 3, "signing") => new(organization, principal, CertificatePurpose.Signing),
            (Principal.User or Principal.Node, 3, "encryption") => new(organization, principal, CertificatePurpose.Encryption),
            _ => null,
        };
        return identity is not null;
    }

    public override string ToString() => Principal is Principal.Root or Principal.Revoker
        ? $"{Scheme}{Organization}/{Principal}"
        : $"{Scheme}{Organization}/{Principal}/{Purpose.ToExactName()}";
}
