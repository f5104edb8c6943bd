using System.Security.Cryptography;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>
/// A longer life for a token, with a new secret (rotate) or the same (renew). Both write only while the token is good and
/// has no successor, by one conditional statement: of two who rotate at once one gets the successor, the other is told.
/// </summary>
internal sealed class TokenRotation(Database database, TokenLaws laws, TokenSettings settings, TimeProvider time, RandomNumberGenerator random)
{
    private const string Unless = "WHERE id = $1 AND replaced_by IS NULL AND revoked_at IS NULL AND expires_at > $2";

    public async Task<Answer<CreatedToken>> RotateAsync(UserCaller caller, TokenId id, RotateToken ask, CancellationToken cancellationToken)
    {
        if (laws.Check(ask).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (row, refusal) = await TokenAccess.FindAsync(unit, caller, Operation.Create, id, cancellationToken);
        if (row is null)
            return refusal!;
        var terms = TokenTerms.Of(row.AllowedFrom, row.Scopes);
        if (TokenLaws.MayHold(caller, await HeldRoles.RightsAsync(unit, new UserId(row.AccountId), cancellationToken), terms) is { } wider)
            return wider;
        var life = ask.Days is { } days ? TimeSpan.FromDays(days) : Shorter(row.ExpiresAt - row.CreatedAt, TimeSpan.FromDays(settings.LongestDays));
        var next = NewToken.Create(row.AccountId, row.OrganizationId, row.Name, life, time, random, terms);
        unit.Context.Add(next.Row);
        await unit.Context.SaveChangesAsync(cancellationToken);
        var now = time.GetUtcNow();
        // The overlap ends by the clock that judges it: one that is ahead of the database's would leave the old token good for longer.
        if (!await WriteAsync(unit, $"UPDATE api_token SET replaced_by = $3, expires_at = least(expires_at, now() + $4) {Unless}",
            [id.Value, now, next.Row.Id, TimeSpan.FromMinutes(ask.OverlapMinutes)], cancellationToken))
        {
            return Ended(id);
        }

        await TokenAccess.RecordAsync(unit, caller, "token.rotate", row, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return next.Show(now);
    }

    public async Task<Answer<TokenInfo>> RenewAsync(UserCaller caller, TokenId id, RenewToken ask, CancellationToken cancellationToken)
    {
        if (laws.CheckDays(ask.Days).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (row, refusal) = await TokenAccess.FindAsync(unit, caller, Operation.Create, id, cancellationToken);
        if (row is null)
            return refusal!;
        var now = time.GetUtcNow();
        var until = now + TimeSpan.FromDays(ask.Days);
        if (!await WriteAsync(unit, $"UPDATE api_token SET expires_at = $3 {Unless}", [id.Value, now, until], cancellationToken))
            return Ended(id);
        await TokenAccess.RecordAsync(unit, caller, "token.renew", row, cancellationToken);
        unit.Context.ChangeTracker.Clear();
        await unit.CommitAsync(cancellationToken);
        row.ExpiresAt = until;
        return NewToken.Show(row, now);
    }

    private static Refusal Ended(TokenId id) => new(ErrorCodes.Conflict,
        $"{id} was revoked, has expired, or has been rotated already: it can't be given a longer life. Make a new token instead.");

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static async Task<bool> WriteAsync(UnitOfWork unit, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = unit.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
