using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads.Uploads;

/// <summary>Who may upload where: the people and nodes of a collaboration's organizations.</summary>
internal static class UploadAccess
{
    /// <summary>Null lets through.</summary>
    public static Refusal? Judge(Caller caller, CollaborationId collaboration) => caller switch
    {
        _ when !caller.Collaborations.Contains(collaboration) => Refusal.NotFound(collaboration),
        UserCaller => caller.Judge(Resource.Task, Operation.Create, Whose.Of(collaboration)),
        NodeCaller node => caller.Judge(Resource.Run, Operation.Execute, Whose.Of(node.Node, node.Organization)),
        _ => throw new InvalidOperationException($"Nobody uploads as {caller.GetType().Name}."),
    };

    /// <summary>Whose upload it is; somebody of no organization has none.</summary>
    public static (Guid Uploader, OrganizationId Owner) Identify(Caller caller) => caller switch
    {
        UserCaller user => (user.User.Value, user.Organization ?? new OrganizationId(Guid.Empty)),
        NodeCaller node => (node.Node.Value, node.Organization),
        _ => throw new InvalidOperationException($"Nobody uploads as {caller.GetType().Name}."),
    };
}
