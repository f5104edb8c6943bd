using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Access;

/// <summary>Lets callers onto routes: deny by default.</summary>
internal static class RouteGate
{
    /// <summary>Null lets through.</summary>
    public static Refusal? Judge(RouteAccess? access, Caller? caller) => (access, caller) switch
    {
        (null, _) => Refusal.Forbidden("This route is open to nobody."),
        (RouteAccess.Anonymous, _) => null,
        (_, null) => new Refusal(ErrorCodes.Unauthenticated,
            "Send an API token as 'Authorization: Bearer vtg_…'. An admin of your organization can give you one."),
        (RouteAccess.AnyCaller, _) => null,
        (RouteAccess.Users, UserCaller) => null,
        (RouteAccess.Admins, UserCaller { IsAdmin: true }) => null,
        (RouteAccess.AnyAdmins, UserCaller user) when user.IsAdmin || user.Roles.Contains(Role.OrganizationAdmin) => null,
        (RouteAccess.Nodes, NodeCaller) => null,
        (RouteAccess.Nodes, _) => Refusal.Forbidden("Only nodes may do this."),
        (_, NodeCaller) => Refusal.Forbidden("Only people may do this; you signed in as a node."),
        (RouteAccess.Admins, _) => Refusal.Forbidden("Only admins of the Coordinator may do this."),
        (RouteAccess.AnyAdmins, _) => Refusal.Forbidden("Only admins of the Coordinator or of an organization may do this."),
        _ => Refusal.Forbidden("This route is not open to you."),
    };
}
