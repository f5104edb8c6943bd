using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <param name="Charter">Where its charter stands, if its members signed one.</param>
/// <param name="Devices">The asking person's own devices, to whose keys answers are sealed; only where one collaboration is asked for.</param>
public sealed record Collaboration(CollaborationId Id, string Name, IReadOnlyList<Member> Members,
    DateTimeOffset CreatedAt, CharterHead? Charter = null, IReadOnlyList<Device>? Devices = null);

/// <summary>A member organization as its partners see it: certificates to seal to, checked against pinned roots.</summary>
public sealed record Member(OrganizationId Organization, string Name, byte[]? Root, IReadOnlyList<MemberNode> Nodes);

/// <param name="Online">Its lease is running.</param>
/// <param name="SigningCertificate">DER; absent until the organization's admin certified the node.</param>
/// <param name="EncryptionCertificate">DER.</param>
/// <param name="FormerEncryptionCertificate">DER: of before the node's last change of keys. It still opens what is sealed to it.</param>
public sealed record MemberNode(NodeId Id, string Name, bool Online, byte[]? SigningCertificate,
    byte[]? EncryptionCertificate, byte[]? FormerEncryptionCertificate = null);

public sealed record CreateCollaboration(string Name, IReadOnlyList<OrganizationId> Organizations);

public sealed record Study(StudyId Id, CollaborationId Collaboration, string Name,
    IReadOnlyList<OrganizationId> Organizations, DateTimeOffset CreatedAt);

public sealed record CreateStudy(string Name, IReadOnlyList<OrganizationId> Organizations);
