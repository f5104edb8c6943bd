using Vantage.Coordinator.Access;
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
        UserCaller { Organization: null } => Refusal.Forbidden("Only people of an organization upload content; you belong to none."),
        _ => null,
    };

    /// <summary>Whose upload it is; somebody of no organization has none.</summary>
    public static (Guid Uploader, OrganizationId Owner) Identify(Caller caller) => caller switch
    {
        UserCaller user => (user.User.Value, user.Organization ?? new OrganizationId(Guid.Empty)),
        NodeCaller node => (node.Node.Value, node.Organization),
        _ => throw new InvalidOperationException($"Nobody uploads as {caller.GetType().Name}."),
    };
}
