using System.Collections.Frozen;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Identities;

/// <summary>A fixed set of believed roots.</summary>
public sealed class PinnedRoots(IEnumerable<PinnedRoot> roots) : ITrust
{
    private readonly FrozenDictionary<OrganizationId, PinnedRoot[]> byOrganization =
        roots.GroupBy(r => r.Organization).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    public static PinnedRoots None { get; } = new([]);

    public IReadOnlyList<PinnedRoot> RootsOf(OrganizationId organization) =>
        byOrganization.TryGetValue(organization, out var roots) ? roots : [];

    /// <summary>Roots alone know of no revocation.</summary>
    public CertificateException? ObjectionTo(Certificate certificate, DateTimeOffset at) => null;
}
