using Vantage.Coordinator.Access.Permissions;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access;

/// <summary>
/// Which tasks of their collaborations somebody sees, in a form that a query can apply as well. Seeing a task is seeing
/// its metadata and ciphertext: who can read that is decided by the keys it is sealed to.
/// </summary>
/// <param name="All">Everything in the caller's collaborations; for the Coordinator's admins, in all.</param>
/// <param name="Asker">Tasks that come from this organization.</param>
/// <param name="Target">Tasks that ask this organization something.</param>
/// <param name="User">Tasks that this person asked.</param>
/// <param name="Node">Tasks that this node signed: the subtasks of a delegation to it.</param>
internal sealed record TaskVisibility(
    bool All, OrganizationId? Asker, OrganizationId? Target, UserId? User = null, NodeId? Node = null)
{
    public static TaskVisibility Of(Caller caller)
    {
        var asked = caller.Rights[new Permission(Resource.Task, Operation.View)];
        var ran = caller.Rights[new Permission(Resource.Run, Operation.View)];
        var seen = new TaskVisibility(asked >= Scope.Collaboration || ran >= Scope.Collaboration, null, null);
        return caller switch
        {
            UserCaller user => seen with
            {
                Asker = asked >= Scope.Organization ? user.Organization : null,
                Target = ran >= Scope.Organization ? user.Organization : null,
                User = asked is null ? null : user.User,
            },
            NodeCaller node => seen with { Node = asked is null ? null : node.Node },
            _ => throw new InvalidOperationException($"Nobody looks as {caller.GetType().Name}."),
        };
    }

    /// <param name="asker">The organization that asked.</param>
    /// <param name="targets">Those that were asked.</param>
    /// <param name="user">The person who asked.</param>
    /// <param name="node">The node that asked, if it is a subtask.</param>
    public bool Shows(OrganizationId asker, IEnumerable<OrganizationId> targets, UserId? user, NodeId? node) =>
        All || Asker == asker || (Target is { } own && targets.Contains(own))
        || (User is { } self && self == user) || (Node is { } signer && signer == node);
}
