using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Accounts.SingleSignOn.Providers;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SingleSignOn.People;

/// <summary>
/// Links accounts to people at a provider. An admin does it, never the account's owner: whoever could link somebody else's
/// subject to their own account would have that person work in it.
/// </summary>
internal sealed class LinkHandlers(Database database, ProviderBook providers)
{
    public async Task<Answer<LinkedIdentities>> ListAsync(UserCaller caller, UserId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (account, refusal) = await FindAsync(unit, caller, id, cancellationToken);
        return account is null ? refusal! : await ShowAsync(unit, id, cancellationToken);
    }

    public async Task<Answer<LinkedIdentities>> LinkAsync(UserCaller caller, UserId id, LinkIdentity ask, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (account, refusal) = await FindAsync(unit, caller, id, cancellationToken);
        if (account is null)
            return refusal!;
        if (providers.Find(ask.Provider) is not { } provider)
            return Refusal.Invalid(("provider", $"one of the Coordinator's: {string.Join(", ", providers.All.Select(entry => entry.Name))}"));
        if (ask.Subject.Length is 0 or > 255 || ask.Subject.Any(c => c is <= ' ' or > '~'))
            return Refusal.Invalid(("subject", "the sub that the provider gives: up to 255 printable characters without blanks"));
        if (account.OrganizationId is { } organization ? organization != provider.Settings.Organization.Value : !provider.Settings.GrantsCoordinatorAdmin)
            return Refusal.Forbidden($"The people of '{ask.Provider}' belong to another organization than this account.");
        unit.Context.Add(new IdentityRow
        {
            Issuer = provider.Settings.Issuer, Subject = ask.Subject, AccountId = account.Id, OrganizationId = account.OrganizationId, IsService = false,
        });
        await RecordAsync(unit, caller, "user.link", account, cancellationToken);
        try
        {
            await unit.Context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("account_identity_pkey"))
        {
            return new Refusal(ErrorCodes.Conflict, "Somebody signs in by this subject already. One identity opens one account: unlink it there first.");
        }

        var shown = await ShowAsync(unit, id, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return shown;
    }

    public async Task<Answer<Done>> UnlinkAsync(UserCaller caller, UserId id, string provider, string subject, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (account, refusal) = await FindAsync(unit, caller, id, cancellationToken);
        if (account is null)
            return refusal!;
        var issuer = providers.Find(provider)?.Settings.Issuer;
        if (await unit.Context.Identities.Where(row => row.AccountId == id.Value && row.Issuer == issuer && row.Subject == subject && !row.IsService)
            .ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return Refusal.NotFound("such identity of the account");
        }

        await RecordAsync(unit, caller, "user.unlink", account, cancellationToken);
        await unit.CommitAsync(cancellationToken);
        return default(Done);
    }

    private static async Task<(AccountRow? Account, Refusal? Refusal)> FindAsync(
        UnitOfWork unit, UserCaller caller, UserId id, CancellationToken cancellationToken)
    {
        if (await unit.Context.Accounts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken) is not { } account)
            return (null, Refusal.NotFound(id));
        var whose = Whose.Of(id, AccountHandlers.OrganizationOf(account));
        // Not by what one may do with one's own account.
        if (!caller.May(Resource.User, Operation.Edit, whose with { User = null }))
            return (null, caller.Judge(Resource.User, Operation.View, whose, id) ?? Judging.Lacks(new Permission(Resource.User, Operation.Edit)));
        return Granting.MayActThrough(caller, id, await HeldRoles.RightsAsync(unit, id, cancellationToken)) is { } refusal ? (null, refusal) : (account, null);
    }

    private async Task<LinkedIdentities> ShowAsync(UnitOfWork unit, UserId id, CancellationToken cancellationToken) => new(
        [.. (await unit.Context.Identities.AsNoTracking().Where(row => row.AccountId == id.Value).OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken))
            .Select(row => new LinkedIdentity(providers.All.FirstOrDefault(entry => entry.Settings.Issuer == row.Issuer).Name ?? "", row.Issuer,
                row.Subject, row.CreatedAt))]);

    private static Task RecordAsync(UnitOfWork unit, UserCaller caller, string action, AccountRow account, CancellationToken cancellationToken) =>
        unit.RecordAsync(caller, action, new UserId(account.Id), cancellationToken, organization: AccountHandlers.OrganizationOf(account));
}
