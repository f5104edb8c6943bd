using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Collaborations.Charters;

/// <summary>
/// What the organizations of a collaboration signed together. Members, people and nodes, read all of it; so do the admins of
/// organizations that a proposed version would let in. An organization's admin agrees for it, by a consent that its root
/// signed. Nobody here can agree for another: whoever joins has said so itself.
/// </summary>
internal static class CharterEndpoints
{
    public static IServiceCollection AddCharters(this IServiceCollection services) => services
        .AddSingleton<CharterHeads>()
        .AddSingleton<CharterHandlers>();

    public static void MapCharters(this IEndpointRouteBuilder collaborations)
    {
        collaborations.MapGet("/{id}/charters", ReadAsync).Gives<CharterBook>().WithName("ReadCharters");
        collaborations.MapPost("/{id}/charters", AgreeAsync).Gives<CharterStanding>().Needs(Resource.Organization, Operation.Edit).WithName("AgreeToCharter");
    }

    private static Task<IResult> ReadAsync(Caller caller, CollaborationId id, long? after, CharterHandlers handlers,
        CancellationToken cancellationToken) => handlers.ReadAsync(caller, id, after ?? 0, cancellationToken).Ok();

    private static Task<IResult> AgreeAsync(UserCaller caller, CollaborationId id, AgreeToCharter ask, CharterHandlers handlers,
        CancellationToken cancellationToken) => handlers.AgreeAsync(caller, id, ask, cancellationToken).Ok();
}
