using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Sessions;

/// <summary>One's own sessions, and nobody else's: when and with what somebody signed in is their own business.</summary>
internal sealed class SessionReading(Database database, TimeProvider time)
{
    public async Task<Answer<Page<UserSession>>> ListAsync(UserCaller caller, PageRequest page, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var now = time.GetUtcNow();
        var rows = await unit.Context.Sessions.AsNoTracking()
            .Where(row => row.AccountId == caller.User.Value && row.Id > page.After && row.ExpiresAt > now && row.LastUsedAt + row.Idle > now)
            .OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        return page.Of(rows, row => Show(row, caller.Session), row => new UserSessionId(row.Id).ToString());
    }

    public static UserSession Show(SessionRow row, UserSessionId? current) => new(new UserSessionId(row.Id), SessionWords.Method(row.Method),
        row.Agent, row.CreatedAt, row.AuthenticatedAt, row.LastUsedAt, row.LastUsedAt + row.Idle, row.ExpiresAt, current?.Value == row.Id);
}
