using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Accounts;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access.Roles;

/// <summary>Which roles accounts have, and what they may do by them.</summary>
internal static class HeldRoles
{
    /// <summary>Of each account: the default ones first.</summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Role>>> ReadAsync(
        UnitOfWork unit, IReadOnlyCollection<AccountRow> accounts, CancellationToken cancellationToken)
    {
        var ids = accounts.Select(account => account.Id).ToList();
        var own = (await unit.Context.AccountRoles.AsNoTracking().Where(row => ids.Contains(row.AccountId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.AccountId, row => Role.Of(new RoleId(row.RoleId)));
        return accounts.ToDictionary(account => account.Id,
            IReadOnlyList<Role> (account) => [.. DefaultsOf(account), .. own[account.Id].OrderBy(role => role.Name, StringComparer.Ordinal)]);
    }

    /// <summary>What an account may do, whoever asks. The unit's scope has to show it.</summary>
    public static async Task<Rights> RightsAsync(UnitOfWork unit, UserId id, CancellationToken cancellationToken)
    {
        var account = await unit.Context.Accounts.AsNoTracking().FirstAsync(row => row.Id == id.Value, cancellationToken);
        var rules = await unit.Context.AccountRoles.AsNoTracking().Where(row => row.AccountId == id.Value)
            .Join(unit.Context.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Rules).ToListAsync(cancellationToken);
        return AccountRights.Of(account.OrganizationId is not null, account.Roles, rules.SelectMany(texts => texts));
    }

    private static IEnumerable<Role> DefaultsOf(AccountRow account) =>
        account.Roles.Select(name => DefaultRoles.Find(name)?.Role).OfType<Role>();
}
