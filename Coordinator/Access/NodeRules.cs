using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access;

/// <summary>
/// Who may do what to nodes. Partners see a node only as a member of a collaboration (<c>Collaborations</c>): its name and
/// certificates, not its requests, mode and history. Null allows.
/// </summary>
internal static class NodeRules
{
    public static Refusal? MayInvite(UserCaller caller, OrganizationId organization) =>
        caller.IsAdmin || caller.Is(Role.OrganizationAdmin, organization)
            ? null
            : Refusal.Forbidden("Only an admin of the organization that will own the node can invite it.");

    public static Refusal? MaySee(UserCaller caller, NodeId node, OrganizationId owner) =>
        caller.IsAdmin || caller.Organization == owner ? null : Refusal.NotFound(node);

    /// <summary>Certificates come from the organization's root, so only its own admin brings them.</summary>
    public static Refusal? MayCertify(UserCaller caller, NodeId node, OrganizationId owner) =>
        MaySee(caller, node, owner)
        ?? (caller.Is(Role.OrganizationAdmin, owner)
            ? null
            : Refusal.Forbidden("Only an admin of the organization that owns the node certifies it."));

    public static Refusal? MayRevoke(UserCaller caller, NodeId node, OrganizationId owner) =>
        MaySee(caller, node, owner)
        ?? (caller.IsAdmin || caller.Is(Role.OrganizationAdmin, owner)
            ? null
            : Refusal.Forbidden("Only an admin of the organization that owns the node, or of the Coordinator, revokes it."));
}
