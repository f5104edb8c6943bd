using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access.Permissions;

/// <summary>To whom a thing belongs: what a scope is compared with.</summary>
internal readonly record struct Whose(
    OrganizationId? Organization = null, CollaborationId? Collaboration = null, UserId? User = null, NodeId? Node = null)
{
    public static Whose Of(OrganizationId? organization) => new(organization);

    public static Whose Of(CollaborationId collaboration) => new(Collaboration: collaboration);

    public static Whose Of(UserId user, OrganizationId? organization) => new(organization, User: user);

    public static Whose Of(NodeId node, OrganizationId organization) => new(organization, Node: node);
}
