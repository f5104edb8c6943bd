using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Identities;

/// <summary>A root that somebody decided to believe.</summary>
public sealed record PinnedRoot
{
    private PinnedRoot(OrganizationId organization, string name, Certificate certificate) =>
        (Organization, Name, Certificate) = (organization, name, certificate);

    public OrganizationId Organization { get; }

    /// <summary>What the one who pinned it calls the organization.</summary>
    public string Name { get; }

    public Certificate Certificate { get; }

    /// <summary>Throws <see cref="CertificateException"/> unless it is a self-signed root of this organization.</summary>
    public static PinnedRoot Of(OrganizationId organization, string name, Certificate certificate) =>
        certificate.Identity == Identity.OfRoot(organization) && certificate.IsIssuedBy(certificate)
            ? new PinnedRoot(organization, name, certificate)
            : throw new CertificateException(
                CertificateFault.CertificateMalformed, $"The certificate of {certificate.Identity} is not a root of {organization}.");

    /// <summary>Under the name that the root itself carries.</summary>
    public static PinnedRoot Of(Certificate certificate) => Of(certificate.Identity.Organization, certificate.Name, certificate);
}
