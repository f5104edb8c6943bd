using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access;

/// <summary>
/// Who may ask, see and stop tasks. Seeing a task is seeing its metadata and ciphertext: who can read that is decided by
/// the keys it is sealed to. Null allows.
/// </summary>
internal static class TaskRules
{
    /// <summary>Nodes too: that what they ask is within a delegation to them is judged with the manifest.</summary>
    public static Refusal? MaySubmit(Caller caller, CollaborationId collaboration) => caller switch
    {
        UserCaller { Organization: { } own } user when user.Is(Role.Researcher, own) => IsMember(caller, collaboration),
        NodeCaller => IsMember(caller, collaboration),
        _ => Refusal.Forbidden("Only researchers of an organization submit tasks. An admin of yours can give you the role."),
    };

    private static Refusal? IsMember(Caller caller, CollaborationId collaboration) =>
        caller.Collaborations.Contains(collaboration) ? null : Refusal.NotFound(collaboration);

    /// <summary>Of a node: the subtasks that it signed itself, to read what came of them.</summary>
    /// <param name="caller">The node.</param>
    /// <param name="task">What is looked at, for the sentence.</param>
    /// <param name="signer">The node that asked it, if one did.</param>
    public static Refusal? MaySee(NodeCaller caller, object task, NodeId? signer) =>
        signer == caller.Node ? null : Refusal.NotFound(task);

    /// <param name="caller">Who looks.</param>
    /// <param name="task">What is looked at, for the sentence.</param>
    /// <param name="asker">The organization that asked.</param>
    /// <param name="targets">Those that were asked.</param>
    public static Refusal? MaySee(UserCaller caller, object task, OrganizationId asker, IEnumerable<OrganizationId> targets) =>
        TaskVisibility.Of(caller).Shows(asker, targets) ? null : Refusal.NotFound(task);

    /// <summary>For who may see it already: the asker, an admin of the asker's organization, or the Coordinator's.</summary>
    public static Refusal? MayCancel(UserCaller caller, OrganizationId asker, UserId? user) =>
        caller.IsAdmin || caller.User == user || caller.Is(Role.OrganizationAdmin, asker)
            ? null
            : Refusal.Forbidden("Only who submitted a task, or an admin of their organization, cancels it. "
                + "Your own node can refuse or stop its part: see 'vantage node'.");
}

/// <summary>Which tasks a person sees, in a form that a query can apply as well.</summary>
/// <param name="All">An admin of the Coordinator sees all metadata.</param>
/// <param name="Asker">Tasks that come from this organization.</param>
/// <param name="Target">Tasks that ask this organization something.</param>
internal sealed record TaskVisibility(bool All, OrganizationId? Asker, OrganizationId? Target)
{
    public static TaskVisibility Of(UserCaller caller)
    {
        var isAdminOfOwn = caller.Organization is { } own && caller.Is(Role.OrganizationAdmin, own);
        var isResearcher = caller.Organization is { } its && caller.Is(Role.Researcher, its);
        return new TaskVisibility(
            caller.IsAdmin,
            isAdminOfOwn || isResearcher ? caller.Organization : null,
            isAdminOfOwn ? caller.Organization : null);
    }

    public bool Shows(OrganizationId asker, IEnumerable<OrganizationId> targets) =>
        All || Asker == asker || (Target is { } own && targets.Contains(own));
}
