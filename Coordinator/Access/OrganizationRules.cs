using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access;

/// <summary>Who may do what to organizations. Null allows.</summary>
internal static class OrganizationRules
{
    public static Refusal? MayCreate(UserCaller caller) =>
        caller.IsAdmin ? null : Refusal.Forbidden("Only the Coordinator's admins add organizations.");

    /// <summary>
    /// An organization's own admin and nobody else: partners read the root from here, and although they believe it only
    /// after pinning, not even the Coordinator's admin gets to suggest one.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="organization">Whose root.</param>
    /// <param name="visible">The caller sees the organization at all: it is their own, a partner, or they are an admin.</param>
    public static Refusal? MayPublishRoot(UserCaller caller, OrganizationId organization, bool visible) =>
        caller.Is(Role.OrganizationAdmin, organization) ? null
        : visible ? Refusal.Forbidden("Only an admin of the organization itself publishes its root.")
        : Refusal.NotFound(organization);
}
