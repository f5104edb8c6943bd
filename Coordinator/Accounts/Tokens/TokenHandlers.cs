using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Tokens;

internal sealed class TokenHandlers(Database database, TokenLaws laws, TimeProvider time, RandomNumberGenerator random)
{
    public async Task<Answer<Page<TokenInfo>>> ListAsync(UserCaller caller, UserId? user, PageRequest page, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var owner = user ?? caller.User;
        if (await TokenAccess.RefuseAsync(unit, caller, Operation.View, owner, cancellationToken) is { } refusal)
            return refusal;
        var rows = await unit.Context.Tokens.AsNoTracking()
            .Where(row => row.AccountId == owner.Value && row.Id > page.After)
            .OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return page.Of(rows, row => NewToken.Show(row, now), row => new TokenId(row.Id).ToString());
    }

    public async Task<Answer<TokenInfo>> GetAsync(UserCaller caller, TokenId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (row, refusal) = await TokenAccess.FindAsync(unit, caller, Operation.View, id, cancellationToken);
        return row is null ? refusal! : NewToken.Show(row, time.GetUtcNow());
    }

    public async Task<Answer<CreatedToken>> CreateAsync(UserCaller caller, CreateToken ask, CancellationToken cancellationToken)
    {
        if (laws.Check(ask).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var owner = ask.User ?? caller.User;
        if (await TokenAccess.RefuseAsync(unit, caller, Operation.Create, owner, cancellationToken) is { } refusal)
            return refusal;
        var held = owner == caller.User ? caller.Rights : await HeldRoles.RightsAsync(unit, owner, cancellationToken);
        var narrowed = TokenLaws.Narrow(caller, held, ask);
        if (narrowed.Value is not { } terms)
            return narrowed.Refusal!;
        var organization = await unit.Context.Accounts.Where(row => row.Id == owner.Value).Select(row => row.OrganizationId).FirstAsync(cancellationToken);
        var token = NewToken.Create(owner.Value, organization, ask.Name, TimeSpan.FromDays(ask.Days), time, random, terms);
        unit.Context.Add(token.Row);
        await TokenAccess.RecordAsync(unit, caller, "token.create", token.Row, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return token.Show(time.GetUtcNow());
    }

    public async Task<Answer<Done>> RevokeAsync(UserCaller caller, TokenId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (row, refusal) = await TokenAccess.FindAsync(unit, caller, Operation.Delete, id, cancellationToken);
        if (row is null)
            return refusal!;
        if (row.RevokedAt is not null)
            return default(Done);
        row.RevokedAt = time.GetUtcNow();
        await TokenAccess.RecordAsync(unit, caller, "token.revoke", row, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return default(Done);
    }
}
