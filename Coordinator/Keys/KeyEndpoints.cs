using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Keys;

/// <summary>
/// The life of keys, as far as the Coordinator has a part in it: it hands on what organizations signed. Only an organization's
/// own admin publishes its list of revoked keys; its partners' people and nodes read it, and believe its signature. A grant is
/// seen by the person who gave it and by the one whom it is given; either takes it back.
/// </summary>
internal static class KeyEndpoints
{
    public static IServiceCollection AddKeys(this IServiceCollection services) => services
        .AddSingleton<StatementMarks>()
        .AddSingleton<RevocationHandlers>()
        .AddSingleton<NodeRotation>()
        .AddSingleton<GrantHandlers>();

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("").WithTags("Keys").Needs(Resource.User, Operation.View);
        keys.MapPut(Routes.Organizations + "/{id}/revocations", PublishAsync).Gives<RevocationList>()
            .Needs(Resource.Organization, Operation.Edit).WithName("PublishRevocations");
        keys.MapGet(Routes.Revocations, ListAsync).Gives<Page<RevocationList>>().Needs(Resource.Collaboration, Operation.View).WithName("ListRevocations");
        keys.MapPut(Routes.NodeKeys, RotateAsync).Produces(204).Needs(Resource.Run, Operation.Execute).WithName("AskNodeKeyRotation");
        keys.MapGet(Routes.Grants, ListGrantsAsync).Gives<Page<GrantView>>().WithName("ListGrants");
        keys.MapPut(Routes.Grants + "/{id}", GiveGrantAsync).Gives<GrantView>().WithName("GiveGrant");
        keys.MapDelete(Routes.Grants + "/{id}", TakeBackAsync).Produces(204).WithName("TakeGrantBack");
    }

    private static Task<IResult> PublishAsync(UserCaller caller, OrganizationId id, PublishRevocations ask, RevocationHandlers handlers,
        CancellationToken cancellationToken) => handlers.PublishAsync(caller, id, ask, cancellationToken).Ok();

    private static Task<IResult> ListAsync(Caller caller, string? cursor, int? limit, RevocationHandlers handlers,
        CancellationToken cancellationToken) =>
        PageRequest.Read<OrganizationId>(cursor, limit).Then(page => handlers.ListAsync(caller, page, cancellationToken)).Ok();

    private static Task<IResult> RotateAsync(NodeCaller caller, RenewNodeKeys ask, NodeRotation rotation,
        CancellationToken cancellationToken) => rotation.AskAsync(caller, ask, cancellationToken).NoContent();

    private static Task<IResult> ListGrantsAsync(UserCaller caller, RunId? run, string? cursor, int? limit, GrantHandlers handlers,
        CancellationToken cancellationToken) =>
        PageRequest.Read<GrantId>(cursor, limit).Then(page => handlers.ListAsync(caller, run, page, cancellationToken)).Ok();

    private static Task<IResult> GiveGrantAsync(UserCaller caller, GrantId id, GiveGrant ask, GrantHandlers handlers,
        CancellationToken cancellationToken) => handlers.GiveAsync(caller, id, ask, cancellationToken).Ok();

    private static Task<IResult> TakeBackAsync(UserCaller caller, GrantId id, GrantHandlers handlers, CancellationToken cancellationToken) =>
        handlers.TakeBackAsync(caller, id, cancellationToken).NoContent();
}
