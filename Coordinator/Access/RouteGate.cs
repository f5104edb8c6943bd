using System.Reflection;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Access;

/// <summary>Lets callers onto routes: deny by default.</summary>
internal static class RouteGate
{
    private static readonly Refusal Stranger = new(ErrorCodes.Unauthenticated,
        "Send an API token as 'Authorization: Bearer vtg_…'. An admin of your organization can give you one.");

    /// <summary>Null lets through.</summary>
    public static Refusal? Judge(RouteAccess? access, Endpoint endpoint, Caller? caller) => (access, caller) switch
    {
        (null, _) => Refusal.Forbidden("This route is open to nobody."),
        (RouteAccess.Open, _) => null,
        (_, null) => Stranger,
        (_, NodeCaller) when Takes<UserCaller>(endpoint) => Refusal.Forbidden("Only people may do this; you signed in as a node."),
        (_, UserCaller) when Takes<NodeCaller>(endpoint) => Refusal.Forbidden("Only nodes may do this."),
        (RouteAccess.SignedIn, _) => null,
        (RouteAccess.Needs needs, _) when needs.AnyOf.Any(permission => caller.May(permission)) => null,
        (RouteAccess.Needs needs, _) => Judging.Lacks(needs.AnyOf[0]),
        _ => Refusal.Forbidden("This route is not open to you."),
    };

    /// <summary>A route is for those whom its handler takes.</summary>
    private static bool Takes<TCaller>(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(parameter => parameter.ParameterType == typeof(TCaller)) == true;
}
