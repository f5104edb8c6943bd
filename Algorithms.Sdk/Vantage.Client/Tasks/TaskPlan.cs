using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Client.Tasks;

/// <summary>Which nodes a request goes to, each with the verified key that its input is sealed to.</summary>
/// <param name="Targets">Who is asked.</param>
/// <param name="NotAsked">Who is not, and why.</param>
/// <param name="Devices">The asking person's, as the Coordinator gives them; nobody has checked them.</param>
internal sealed record TaskPlan(IReadOnlyList<PlannedTarget> Targets, IReadOnlyList<SiteNotAsked> NotAsked,
    IReadOnlyList<Device> Devices);

internal sealed record PlannedTarget(OrganizationId Organization, string Site, PlannedNode Node,
    IReadOnlyList<PlannedNode> Alternates);

/// <param name="SigningCertificate">As the Coordinator gives it; nobody has checked it.</param>
internal sealed record PlannedNode(NodeId Id, EncryptionPublicKey Key, byte[]? SigningCertificate = null);
