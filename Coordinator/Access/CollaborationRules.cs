using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access;

/// <summary>
/// Who may do what to collaborations and studies. That the Coordinator's admin puts organizations together gives nobody
/// power over data: each node runs only what its own policy and pins allow. Null allows.
/// </summary>
internal static class CollaborationRules
{
    public static Refusal? MayCreate(UserCaller caller) =>
        caller.IsAdmin ? null : Refusal.Forbidden("Only the Coordinator's admins put collaborations together.");

    public static Refusal? MaySee(Caller caller, CollaborationId collaboration) =>
        caller.Collaborations.Contains(collaboration) ? null : Refusal.NotFound(collaboration);

    public static Refusal? MayCreateStudy(UserCaller caller, CollaborationId collaboration) =>
        MaySee(caller, collaboration)
        ?? (caller.IsAdmin || caller.Roles.Contains(Role.OrganizationAdmin)
            ? null
            : Refusal.Forbidden("Only the Coordinator's admins and the member organizations' admins make studies."));
}
