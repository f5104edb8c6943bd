using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts;

internal sealed class TokenHandlers(Database database, TimeProvider time, RandomNumberGenerator random)
{
    private const int LongestLifeInDays = 366;

    public async Task<Answer<Page<TokenInfo>>> ListAsync(UserCaller caller, UserId? user, PageRequest page, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var owner = user ?? caller.User;
        if (await RefuseAsync(unit, caller, owner, cancellationToken) is { } refusal)
            return refusal;
        var rows = await unit.Context.Tokens.AsNoTracking()
            .Where(row => row.AccountId == owner.Value && row.Id > page.After)
            .OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        return page.Of(rows, NewToken.Show, row => new TokenId(row.Id).ToString());
    }

    public async Task<Answer<CreatedToken>> CreateAsync(UserCaller caller, CreateToken ask, CancellationToken cancellationToken)
    {
        var broken = Names.Check("name", ask.Name).ToList();
        if (ask.Days is < 1 or > LongestLifeInDays)
            broken.Add(("days", $"between 1 and {LongestLifeInDays}"));
        if (broken.Count > 0)
            return Refusal.Invalid(broken);
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var owner = ask.User ?? caller.User;
        if (await RefuseAsync(unit, caller, owner, cancellationToken) is { } refusal)
            return refusal;
        var organization = await unit.Context.Accounts.Where(row => row.Id == owner.Value).Select(row => row.OrganizationId).FirstAsync(cancellationToken);
        var token = NewToken.Create(owner.Value, organization, ask.Name, TimeSpan.FromDays(ask.Days), time, random);
        unit.Context.Add(token.Row);
        await unit.RecordAsync(caller, "token.create", new TokenId(token.Row.Id), cancellationToken,
            organization: organization is { } id ? new OrganizationId(id) : null);
        await unit.CommitAsync(cancellationToken);
        return token.Show();
    }

    public async Task<Answer<Done>> RevokeAsync(UserCaller caller, TokenId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Tokens.FirstOrDefaultAsync(token => token.Id == id.Value, cancellationToken);
        if (row is null)
            return Refusal.NotFound(id);
        if (await RefuseAsync(unit, caller, new UserId(row.AccountId), cancellationToken) is { } refusal)
            return refusal.Code == Vantage.Protocol.Errors.ErrorCodes.NotFound ? Refusal.NotFound(id) : refusal;
        if (row.RevokedAt is not null)
            return default(Done);
        row.RevokedAt = time.GetUtcNow();
        await unit.RecordAsync(caller, "token.revoke", id, cancellationToken,
            organization: row.OrganizationId is { } organization ? new OrganizationId(organization) : null);
        await unit.CommitAsync(cancellationToken);
        return default(Done);
    }

    private static async Task<Refusal?> RefuseAsync(UnitOfWork unit, UserCaller caller, UserId owner, CancellationToken cancellationToken) =>
        await unit.Context.Accounts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == owner.Value, cancellationToken) is { } account
            ? AccountRules.MayManage(caller, owner, AccountHandlers.OrganizationOf(account))
            : Refusal.NotFound(owner);
}
