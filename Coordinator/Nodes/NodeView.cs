using Vantage.Protocol.Api;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Nodes;

/// <summary>A node as its own organization sees it. Standing is not stored: it follows from what has happened.</summary>
internal static class NodeView
{
    /// <param name="row">The node.</param>
    /// <param name="now">The database's clock, since leases are.</param>
    public static Node Of(NodeRow row, DateTimeOffset now) => new(
        new NodeId(row.Id),
        new OrganizationId(row.OrganizationId),
        row.Name,
        StandingOf(row),
        Enum.Parse<NodeMode>(row.Mode),
        row.RevokedAt is null && row.LeaseUntil > now,
        row.LastSeenAt,
        row.AgentVersion,
        row.NextSigningRequest ?? row.SigningRequest,
        row.NextEncryptionRequest ?? row.EncryptionRequest,
        row.SigningCertificate,
        row.EncryptionCertificate,
        row.CreatedAt);

    public static NodeStanding StandingOf(NodeRow row) => row switch
    {
        { RevokedAt: not null } => NodeStanding.Revoked,
        { SigningCertificate: not null } => NodeStanding.Certified,
        { SigningRequest: not null } => NodeStanding.AwaitingCertification,
        _ => NodeStanding.Invited,
    };
}
