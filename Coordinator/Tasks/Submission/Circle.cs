using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Submission;

/// <summary>
/// A collaboration as its members published themselves: roots, nodes, studies. As trust it is the Coordinator's own, for
/// keeping mistakes out early; nodes and clients believe roots that they pinned themselves.
/// </summary>
internal sealed record Circle(
    CollaborationId Collaboration,
    IReadOnlyDictionary<OrganizationId, PinnedRoot?> Members,
    IReadOnlyDictionary<NodeId, CircleNode> Nodes,
    IReadOnlyDictionary<StudyId, IReadOnlySet<OrganizationId>> Studies) : ITrust
{
    public IReadOnlyList<PinnedRoot> RootsOf(OrganizationId organization) =>
        Members.GetValueOrDefault(organization) is { } root ? [root] : [];

    /// <summary>Revocations are believed, like roots, by nodes and clients themselves.</summary>
    public CertificateException? ObjectionTo(Certificate certificate, DateTimeOffset at) => null;
}

/// <param name="EncryptionKey">What inputs are sealed to; null until the node is certified.</param>
/// <param name="SigningKey">What it signs subtasks with; null until then, too.</param>
/// <param name="FormerEncryptionKey">Of before the last change of keys: the node still opens what is sealed to it.</param>
/// <param name="FormerSigningKey">Likewise: it still answers what was delegated to it.</param>
internal sealed record CircleNode(OrganizationId Organization, string Name, KeyId? EncryptionKey, KeyId? SigningKey, bool Revoked,
    KeyId? FormerEncryptionKey = null, KeyId? FormerSigningKey = null);
