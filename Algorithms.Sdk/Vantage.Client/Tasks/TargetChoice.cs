using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Tasks;

/// <summary>The part of a request that says who is asked.</summary>
/// <param name="Organizations">Null: every member that has a certified node.</param>
/// <param name="Nodes">Null: an online one of each organization, by preference.</param>
internal sealed record TargetChoice(CollaborationId Collaboration, StudyId? Study,
    IReadOnlyList<OrganizationId>? Organizations,
    IReadOnlyList<NodeId>? Nodes, LostNodePolicy LostNode)
{
    public static TargetChoice Of(TaskRequest request) =>
        new(request.Collaboration, request.Study, request.Organizations, request.Nodes, request.LostNode);
}
