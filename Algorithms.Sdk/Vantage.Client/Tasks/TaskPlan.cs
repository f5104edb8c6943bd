using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Client.Tasks;

/// <summary>Which nodes a request goes to, each with the verified key that its input is sealed to.</summary>
internal sealed record TaskPlan(IReadOnlyList<PlannedTarget> Targets, IReadOnlyList<SiteNotAsked> NotAsked);

internal sealed record PlannedTarget(OrganizationId Organization, string Site, PlannedNode Node,
    IReadOnlyList<PlannedNode> Alternates);

/// <param name="SigningCertificate">As the Coordinator gives it; nobody has checked it.</param>
internal sealed record PlannedNode(NodeId Id, EncryptionPublicKey Key, byte[]? SigningCertificate = null);
