using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Accounts;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access.Roles;

/// <summary>Whether roles may be given to an account of an organization, and how they are stored with it.</summary>
internal static class RoleGiving
{
    /// <summary>Null allows. The unit's scope has to show the organization.</summary>
    public static async Task<Refusal?> JudgeAsync(UnitOfWork unit, UserCaller caller, OrganizationId? organization, IEnumerable<Role> roles,
        CancellationToken cancellationToken)
    {
        var wanted = roles.Distinct().ToList();
        var own = wanted.Select(role => role.Custom).OfType<RoleId>().Select(id => id.Value).ToList();
        var owner = organization?.Value ?? Guid.Empty;
        var found = await unit.Context.Roles.AsNoTracking()
            .Where(row => own.Contains(row.Id) && row.OrganizationId == owner)
            .ToListAsync(cancellationToken);
        if (own.Except(found.Select(row => row.Id)).Select(id => new RoleId(id)).ToList() is [var missing, ..])
            return Refusal.Invalid(("roles", $"{missing} is no role of this organization"));
        var given = wanted.Select(role => DefaultRoles.Find(role.Name)?.Rights).OfType<Rights>()
            .Append(AccountRights.OfRules(found.SelectMany(row => row.Rules)))
            .Aggregate((one, other) => one.And(other));
        return Granting.MayGive(caller, organization, given);
    }

    public static string[] DefaultNames(IEnumerable<Role> roles) =>
        [.. roles.Distinct().Where(role => role.Custom is null).Select(role => role.Name)];

    public static IEnumerable<AccountRoleRow> OwnRows(AccountRow account, IEnumerable<Role> roles) =>
        from role in roles.Distinct()
        where role.Custom is not null
        select new AccountRoleRow { AccountId = account.Id, RoleId = role.Custom!.Value.Value, OrganizationId = account.OrganizationId!.Value };
}
