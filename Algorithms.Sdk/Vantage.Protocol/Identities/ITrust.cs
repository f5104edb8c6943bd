using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Identities;

/// <summary>
/// Which roots are believed. On nodes and clients it is their own admin's signed pin statement; the Coordinator keeps what
/// organizations published, for its own checks only.
/// </summary>
public interface ITrust
{
    /// <summary>Usually one; two while an organization changes its root; none if it is not trusted.</summary>
    IReadOnlyList<PinnedRoot> RootsOf(OrganizationId organization);

    /// <summary>What is held against a certificate that one of these roots issued; null if nothing is.</summary>
    /// <param name="certificate">Of a person or node.</param>
    /// <param name="at">The instant at which its key has to count.</param>
    CertificateException? ObjectionTo(Certificate certificate, DateTimeOffset at);
}
