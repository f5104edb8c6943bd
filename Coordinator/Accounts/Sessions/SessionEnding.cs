using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Sessions;

/// <summary>
/// Ends sessions: here at once, on other replicas within a second, open streams included (<see cref="OpenStreams"/>).
/// </summary>
internal sealed class SessionEnding(Database database, Credentials credentials)
{
    /// <summary>This one.</summary>
    public async Task<Answer<Done>> SignOutAsync(UserCaller caller, HttpContext context, CancellationToken cancellationToken)
    {
        if (caller.Session is not { } session)
            return Refusal.Forbidden("A token does not sign out: revoke it (vantage token revoke).");
        var answer = await EndAsync(caller, session, cancellationToken);
        SessionCookie.Clear(context);
        return answer;
    }

    /// <summary>One of one's own. Ending one that has ended is done already.</summary>
    public async Task<Answer<Done>> EndAsync(UserCaller caller, UserSessionId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var ended = await unit.Context.Sessions.Where(row => row.Id == id.Value && row.AccountId == caller.User.Value)
            .ExecuteDeleteAsync(cancellationToken);
        if (ended == 0)
            return Refusal.NotFound(id);
        await unit.RecordAsync(caller, "session.end", id, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        return default(Done);
    }

    /// <summary>All of one's own but this one.</summary>
    public async Task<Answer<Done>> EndOthersAsync(UserCaller caller, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        await EndAllAsync(unit, caller.User, caller.Session, cancellationToken);
        await unit.RecordAsync(caller, "session.end-others", caller.User, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        return default(Done);
    }

    /// <summary>Within somebody else's transaction: what ends them is the reason that gets recorded.</summary>
    public static Task EndAllAsync(UnitOfWork unit, UserId user, UserSessionId? except, CancellationToken cancellationToken)
    {
        var spared = except?.Value ?? Guid.Empty;
        return unit.Context.Sessions.Where(row => row.AccountId == user.Value && row.Id != spared).ExecuteDeleteAsync(cancellationToken);
    }
}
