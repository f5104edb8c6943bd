using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Access.Permissions;

/// <summary>May somebody do something with a thing: the one way to ask.</summary>
internal static class Judging
{
    /// <summary>With anything at all: what a route asks before it looks at what is named.</summary>
    public static bool May(this Caller caller, Permission permission) =>
        caller.Rights[permission] is { } scope && (scope is Scope.Own or Scope.Global || caller is not UserCaller { Organization: null });

    public static bool May(this Caller caller, Resource resource, Operation operation, Whose thing) =>
        caller.Rights[new Permission(resource, operation)] is { } scope && caller.Reaches(scope, thing);

    /// <summary>
    /// Null allows. What the caller may not even see does not exist for them: the answer is the same as for an id that was
    /// never minted.
    /// </summary>
    public static Refusal? Judge(this Caller caller, Resource resource, Operation operation, Whose thing, object id) =>
        caller.May(resource, operation, thing) ? null
        : caller.May(resource, Operation.View, thing) ? Lacks(new Permission(resource, operation))
        : Refusal.NotFound(id);

    /// <summary>For what is not there yet, hence can't be hidden: a list, or something to be made.</summary>
    public static Refusal? Judge(this Caller caller, Resource resource, Operation operation, Whose thing) =>
        caller.May(resource, operation, thing) ? null : Lacks(new Permission(resource, operation));

    /// <summary>
    /// The tenants whose things of this kind a list may show: row-level security then holds the list to it. What is
    /// <see cref="Scope.Own"/> the query itself has to pick out.
    /// </summary>
    public static TenantScope ReachOf(this UserCaller caller, Resource resource, Operation operation) =>
        (caller.Rights[new Permission(resource, operation)], caller.Organization) switch
        {
            (null, _) => TenantScope.Nothing,
            (Scope.Global, _) => caller.Reach,
            (_, null) => TenantScope.Of(TenantScope.CoordinatorItself),
            (Scope.Collaboration, { } own) => TenantScope.Of(own).And(TenantScope.Of(caller.Collaborations)),
            (_, { } own) => TenantScope.Of(own),
        };

    /// <summary>The rule that is missing, in words, and where to get it.</summary>
    public static Refusal Lacks(Permission permission) => Refusal.Forbidden(
        $"Your roles do not give you '{permission}' for this: to {RuleTable.Find(permission)!.Lets}. "
        + "'vantage role list' shows what each role gives; an admin of your organization gives roles.");
}
