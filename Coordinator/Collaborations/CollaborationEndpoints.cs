using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Collaborations.Charters;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Collaborations;

/// <summary>
/// Who works with whom. The Coordinator's admins put collaborations together, members' admins make studies in them, and
/// members, people and nodes, see each other with the certificates that they seal to. Who joins later does so by a charter
/// that the members and the newcomer signed.
/// </summary>
internal static class CollaborationEndpoints
{
    public static IServiceCollection AddCollaborations(this IServiceCollection services) => services
        .AddSingleton<CollaborationHandlers>()
        .AddSingleton<StudyHandlers>()
        .AddCharters();

    public static void MapCollaborations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Routes.Collaborations).WithTags("Collaborations").Needs(Resource.Collaboration, Operation.View);
        group.MapGet("/", ListAsync).Gives<Page<Collaboration>>().WithName("ListCollaborations");
        group.MapPost("/", CreateAsync).Gives<Collaboration>(201).Needs(Resource.Collaboration, Operation.Create).WithName("CreateCollaboration");
        group.MapGet("/{id}", GetAsync).Gives<Collaboration>().WithName("GetCollaboration");
        group.MapCharters();
        group.MapGet("/{id}/studies", ListStudiesAsync).Gives<Page<Study>>().Needs(Resource.Study, Operation.View).WithName("ListStudies");
        group.MapPost("/{id}/studies", CreateStudyAsync).Gives<Study>(201).Needs(Resource.Study, Operation.Create).WithName("CreateStudy");
        group.MapGet("/{id}/studies/{study}", GetStudyAsync).Gives<Study>().Needs(Resource.Study, Operation.View).WithName("GetStudy");
    }

    private static Task<IResult> ListAsync(UserCaller caller, string? cursor, int? limit, CollaborationHandlers handlers,
        CancellationToken cancellationToken) =>
        PageRequest.Read<CollaborationId>(cursor, limit).Then(page => handlers.ListAsync(caller, page, cancellationToken)).Ok();

    private static Task<IResult> CreateAsync(UserCaller caller, CreateCollaboration ask, CollaborationHandlers handlers,
        CancellationToken cancellationToken) =>
        handlers.CreateAsync(caller, ask, cancellationToken).Created(made => $"{Routes.Collaborations}/{made.Id}");

    private static Task<IResult> GetAsync(Caller caller, CollaborationId id, CollaborationHandlers handlers,
        CancellationToken cancellationToken) => handlers.GetAsync(caller, id, cancellationToken).Ok();

    private static Task<IResult> ListStudiesAsync(UserCaller caller, CollaborationId id, string? cursor, int? limit, StudyHandlers handlers,
        CancellationToken cancellationToken) =>
        PageRequest.Read<StudyId>(cursor, limit).Then(page => handlers.ListAsync(caller, id, page, cancellationToken)).Ok();

    private static Task<IResult> CreateStudyAsync(UserCaller caller, CollaborationId id, CreateStudy ask, StudyHandlers handlers,
        CancellationToken cancellationToken) =>
        handlers.CreateAsync(caller, id, ask, cancellationToken)
            .Created(made => $"{Routes.Collaborations}/{made.Collaboration}/studies/{made.Id}");

    private static Task<IResult> GetStudyAsync(UserCaller caller, CollaborationId id, StudyId study, StudyHandlers handlers,
        CancellationToken cancellationToken) => handlers.GetAsync(caller, id, study, cancellationToken).Ok();
}
