using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Charters;

/// <summary>
/// Whom somebody believes within one collaboration: whom their own admin pinned, and besides them the members of the
/// charter. For an organization that the admin pinned, the admin's pins alone count.
/// </summary>
public sealed class MemberTrust(ITrust pins, ITrust members) : ITrust
{
    public IReadOnlyList<PinnedRoot> RootsOf(OrganizationId organization) =>
        pins.RootsOf(organization) is [_, ..] own ? own : members.RootsOf(organization);

    public CertificateException? ObjectionTo(Certificate certificate, DateTimeOffset at) =>
        pins.ObjectionTo(certificate, at) ?? members.ObjectionTo(certificate, at);
}
