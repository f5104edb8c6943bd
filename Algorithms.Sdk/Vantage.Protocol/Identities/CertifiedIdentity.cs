using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Identities;

/// <summary>Whose key it is, as a pinned root certified it.</summary>
public sealed record CertifiedIdentity(Certificate Certificate, PinnedRoot Root)
{
    public Identity Identity => Certificate.Identity;

    public OrganizationId Organization => Identity.Organization;

    public Principal Principal => Identity.Principal;

    public CertificatePurpose Purpose => Identity.Purpose;

    /// <summary>The human name of the person, node or organization.</summary>
    public string Name => Certificate.Name;

    public KeyId KeyId => Certificate.KeyId;

    public DateTimeOffset NotBefore => Certificate.NotBefore;

    public DateTimeOffset NotAfter => Certificate.NotAfter;

    /// <summary>Throws <see cref="CertificateException"/> if the key is for something else.</summary>
    public CertifiedIdentity For(CertificatePurpose purpose) => Purpose == purpose
        ? this
        : throw new CertificateException(
            CertificateFault.WrongPurpose, $"The certificate of {Identity} is used as one for {purpose.ToExactName()}.");
}
