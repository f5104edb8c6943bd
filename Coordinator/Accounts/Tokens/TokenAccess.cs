using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>Finds the tokens that a caller may deal with; the others are not there.</summary>
internal static class TokenAccess
{
    public static async Task<(TokenRow? Row, Refusal? Refusal)> FindAsync(
        UnitOfWork unit, UserCaller caller, TokenId id, CancellationToken cancellationToken)
    {
        if (await unit.Context.Tokens.FirstOrDefaultAsync(token => token.Id == id.Value, cancellationToken) is not { } row)
            return (null, Refusal.NotFound(id));
        return await RefuseAsync(unit, caller, new UserId(row.AccountId), cancellationToken) is { } refusal
            ? (null, refusal.Code == ErrorCodes.NotFound ? Refusal.NotFound(id) : refusal)
            : (row, null);
    }

    public static async Task<Refusal?> RefuseAsync(UnitOfWork unit, UserCaller caller, UserId owner, CancellationToken cancellationToken) =>
        await unit.Context.Accounts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == owner.Value, cancellationToken) is { } account
            ? AccountRules.MayManage(caller, owner, AccountHandlers.OrganizationOf(account))
            : Refusal.NotFound(owner);

    public static Task RecordAsync(UnitOfWork unit, UserCaller caller, string action, TokenRow row, CancellationToken cancellationToken) =>
        unit.RecordAsync(caller, action, new TokenId(row.Id), cancellationToken,
            organization: row.OrganizationId is { } organization ? new OrganizationId(organization) : null);
}
