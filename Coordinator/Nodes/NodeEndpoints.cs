using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Nodes;

/// <summary>
/// Nodes, and how they come in: invited by an admin, enrolled with the one-time code, certified by the organization's own
/// admin, then signed in by their key. Enrolment and sign-in can't ask for a token, so they are limited by address; the
/// code and the key are what they ask for instead.
/// </summary>
internal static class NodeEndpoints
{
    public static IServiceCollection AddNodes(this IServiceCollection services) => services
        .AddSingleton(new NodeSettings())
        .AddSingleton<NodeHandlers>()
        .AddSingleton<InvitationHandlers>()
        .AddSingleton<EnrolmentHandlers>()
        .AddSingleton<SignInHandlers>()
        .AddHostedService<ArrivalCleanup>();

    public static void MapNodes(this IEndpointRouteBuilder routes)
    {
        var nodes = routes.MapGroup(Routes.Nodes).WithTags("Nodes").Needs(Resource.Node, Operation.View);
        nodes.MapGet("/", ListAsync).Gives<Page<Node>>().WithName("ListNodes");
        nodes.MapPost("/", InviteAsync).Gives<InvitedNode>(201).Needs(Resource.Node, Operation.Create).WithName("InviteNode");
        nodes.MapGet("/{id}", GetAsync).Gives<Node>().WithName("GetNode");
        nodes.MapPut("/{id}/certificates", PublishAsync).Gives<Node>().Needs(Resource.Node, Operation.Edit).WithName("PublishNodeCertificates");
        nodes.MapDelete("/{id}", RevokeAsync).Produces(204).Needs(Resource.Node, Operation.Delete).WithName("RevokeNode");

        var arrival = routes.MapGroup("").WithTags("Nodes").OpenToStrangers(RouteLimit.Strangers);
        arrival.MapPost(Routes.NodeEnrolment, EnrolAsync).Gives<EnrolledNode>().WithName("EnrolNode");
        arrival.MapPost(Routes.NodeSignInChallenge, ChallengeAsync).Gives<SignInChallenge>().WithName("AskNodeSignInChallenge");
        arrival.MapPost(Routes.NodeSignIn, SignInAsync).Gives<NodeSession>().WithName("SignInNode");
    }

    private static Task<IResult> ListAsync(UserCaller caller, string? cursor, int? limit, NodeHandlers handlers,
        CancellationToken cancellationToken) =>
        PageRequest.Read<NodeId>(cursor, limit).Then(page => handlers.ListAsync(caller, page, cancellationToken)).Ok();

    private static Task<IResult> InviteAsync(UserCaller caller, InviteNode ask, InvitationHandlers handlers, CancellationToken cancellationToken) =>
        handlers.InviteAsync(caller, ask, cancellationToken).Created(made => $"{Routes.Nodes}/{made.Node.Id}");

    private static Task<IResult> GetAsync(UserCaller caller, NodeId id, NodeHandlers handlers, CancellationToken cancellationToken) =>
        handlers.GetAsync(caller, id, cancellationToken).Ok();

    private static Task<IResult> PublishAsync(UserCaller caller, NodeId id, PublishCertificates ask, NodeHandlers handlers,
        CancellationToken cancellationToken) => handlers.PublishCertificatesAsync(caller, id, ask, cancellationToken).Ok();

    private static Task<IResult> RevokeAsync(UserCaller caller, NodeId id, NodeHandlers handlers, CancellationToken cancellationToken) =>
        handlers.RevokeAsync(caller, id, cancellationToken).NoContent();

    private static Task<IResult> EnrolAsync(EnrolNode ask, EnrolmentHandlers handlers, CancellationToken cancellationToken) =>
        handlers.EnrolAsync(ask, cancellationToken).Ok();

    private static Task<IResult> ChallengeAsync(SignInChallengeRequest ask, SignInHandlers handlers, CancellationToken cancellationToken) =>
        handlers.ChallengeAsync(ask, cancellationToken).Ok();

    private static Task<IResult> SignInAsync(NodeSignIn ask, SignInHandlers handlers, CancellationToken cancellationToken) =>
        handlers.SignInAsync(ask, cancellationToken).Ok();
}
