using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Sessions;

/// <summary>
/// One's own sessions: everyone sees and ends theirs, with a token or a session, since whoever lost a laptop may have
/// nothing else at hand. What ends only oneself's needs no fresh proof.
/// </summary>
internal static class SessionEndpoints
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<SessionOpening>()
        .AddSingleton<SessionReading>()
        .AddSingleton<SessionEnding>()
        .AddHostedService<SessionCleanup>();

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("").WithTags("Account").Needs(Resource.User, Operation.Edit);
        sessions.MapGet(Routes.AccountSessions, ListAsync).Gives<Page<UserSession>>().Needs(Resource.User, Operation.View).WithName("ListSessions");
        sessions.MapDelete(Routes.AccountSessions, EndOthersAsync).Produces(204).WithName("EndOtherSessions");
        sessions.MapDelete(Routes.AccountSessions + "/{id}", EndAsync).Produces(204).WithName("EndSession");
        sessions.MapPost(Routes.SignOut, SignOutAsync).Produces(204).NeedsSignIn().WithName("SignOut");
    }

    private static Task<IResult> ListAsync(UserCaller caller, string? cursor, int? limit, SessionReading reading,
        CancellationToken cancellationToken) =>
        PageRequest.Read<UserSessionId>(cursor, limit).Then(page => reading.ListAsync(caller, page, cancellationToken)).Ok();

    private static Task<IResult> EndOthersAsync(UserCaller caller, SessionEnding ending, CancellationToken cancellationToken) =>
        ending.EndOthersAsync(caller, cancellationToken).NoContent();

    private static Task<IResult> EndAsync(UserCaller caller, UserSessionId id, SessionEnding ending, CancellationToken cancellationToken) =>
        ending.EndAsync(caller, id, cancellationToken).NoContent();

    private static Task<IResult> SignOutAsync(UserCaller caller, HttpContext context, SessionEnding ending, CancellationToken cancellationToken) =>
        ending.SignOutAsync(caller, context, cancellationToken).NoContent();
}
