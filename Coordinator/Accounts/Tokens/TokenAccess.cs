using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>
/// Finds the tokens that a caller may deal with; the others are not there. Whoever would learn a token's secret has to be
/// able to do all that its owner can; ending one takes less.
/// </summary>
internal static class TokenAccess
{
    public static async Task<(TokenRow? Row, Refusal? Refusal)> FindAsync(
        UnitOfWork unit, UserCaller caller, Operation operation, TokenId id, CancellationToken cancellationToken)
    {
        if (await unit.Context.Tokens.FirstOrDefaultAsync(token => token.Id == id.Value, cancellationToken) is not { } row)
            return (null, Refusal.NotFound(id));
        return await RefuseAsync(unit, caller, operation, new UserId(row.AccountId), cancellationToken) is { } refusal
            ? (null, refusal.Code == ErrorCodes.NotFound ? Refusal.NotFound(id) : refusal)
            : (row, null);
    }

    public static async Task<Refusal?> RefuseAsync(UnitOfWork unit, UserCaller caller, Operation operation, UserId owner,
        CancellationToken cancellationToken)
    {
        if (await unit.Context.Accounts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == owner.Value, cancellationToken) is not { } account)
            return Refusal.NotFound(owner);
        var whose = Whose.Of(owner, AccountHandlers.OrganizationOf(account));
        if (!caller.May(Resource.Token, operation, whose))
            return caller.Judge(Resource.User, Operation.View, whose, owner) ?? Judging.Lacks(new Permission(Resource.Token, operation));
        return operation == Operation.Create
            ? Granting.MayActThrough(caller, owner, await HeldRoles.RightsAsync(unit, owner, cancellationToken))
            : null;
    }

    public static Task RecordAsync(UnitOfWork unit, UserCaller caller, string action, TokenRow row, CancellationToken cancellationToken) =>
        unit.RecordAsync(caller, action, new TokenId(row.Id), cancellationToken,
            organization: row.OrganizationId is { } organization ? new OrganizationId(organization) : null);
}
