using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Accounts;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access.Roles;

/// <summary>
/// Replaces the roles of an account. Only what is new to the account has to be the giver's own; taking away needs no more
/// than being allowed to give at all, so that an admin can always stop somebody.
/// </summary>
internal sealed class GivingHandler(Database database, Credentials credentials, AccountHandlers accounts)
{
    public async Task<Answer<User>> GiveAsync(UserCaller caller, UserId id, GiveRoles ask, CancellationToken cancellationToken)
    {
        await using (var unit = await database.BeginAsync(caller.Reach, cancellationToken))
        {
            if (await unit.Context.Accounts.FromSql($"SELECT * FROM account WHERE id = {id.Value} FOR UPDATE")
                .FirstOrDefaultAsync(cancellationToken) is not { } row)
            {
                return Refusal.NotFound(id);
            }

            if (await ChangeAsync(unit, caller, row, [.. ask.Roles.Distinct()], cancellationToken) is { } refusal)
                return refusal;
            await unit.RecordAsync(caller, "user.give-roles", id, cancellationToken, organization: AccountHandlers.OrganizationOf(row));
            await unit.CommitAsync(cancellationToken);
        }

        credentials.Forget();
        return await accounts.GetAsync(caller, id, cancellationToken);
    }

    private static async Task<Refusal?> ChangeAsync(
        UnitOfWork unit, UserCaller caller, AccountRow row, List<Role> wanted, CancellationToken cancellationToken)
    {
        var organization = AccountHandlers.OrganizationOf(row);
        var whose = Whose.Of(new UserId(row.Id), organization);
        if (!caller.May(Resource.Role, Operation.Grant, whose with { User = null }))
        {
            return caller.Judge(Resource.User, Operation.View, whose, new UserId(row.Id))
                ?? Judging.Lacks(new Permission(Resource.Role, Operation.Grant));
        }

        if (organization is null || wanted.Contains(Role.Admin))
        {
            return Refusal.Invalid(("roles", "an admin of the Coordinator is that alone and stays it; make another account for another role"));
        }

        var held = await unit.Context.AccountRoles.Where(held => held.AccountId == row.Id).ToListAsync(cancellationToken);
        var before = row.Roles.Concat(held.Select(own => new RoleId(own.RoleId).ToString())).ToHashSet();
        if (await RoleGiving.JudgeAsync(unit, caller, organization, wanted.Where(role => !before.Contains(role.Name)), cancellationToken) is { } unfit)
        {
            return unfit;
        }

        row.Roles = RoleGiving.DefaultNames(wanted);
        var own = RoleGiving.OwnRows(row, wanted).ToList();
        unit.Context.RemoveRange(held.Where(old => own.All(role => role.RoleId != old.RoleId)));
        unit.Context.AddRange(own.Where(role => held.All(old => old.RoleId != role.RoleId)));
        return null;
    }
}
