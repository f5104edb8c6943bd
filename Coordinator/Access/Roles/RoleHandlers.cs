using Microsoft.EntityFrameworkCore;
using Npgsql;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Access.Roles;

internal sealed class RoleHandlers(Database database, Credentials credentials, TimeProvider time)
{
    private static readonly IReadOnlyList<RuleInfo> Rules = [.. RuleTable.Rows.Select(row =>
        new RuleInfo(row.Permission.ToString(), [.. row.Scopes.Select(scope => scope.ToString().ToLowerInvariant())], row.Lets))];

    public Task<Answer<Page<RuleInfo>>> RulesAsync() => Task.FromResult<Answer<Page<RuleInfo>>>(new Page<RuleInfo>(Rules, null));

    /// <summary>The first page begins with the default roles, beyond its limit.</summary>
    public async Task<Answer<Page<RoleInfo>>> ListAsync(UserCaller caller, PageRequest page, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Role, Operation.View), cancellationToken);
        var rows = await unit.Context.Roles.AsNoTracking()
            .Where(row => row.Id > page.After).OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        var own = page.Of(rows, Show, row => new RoleId(row.Id).ToString());
        return page.After == Guid.Empty ? own with { Items = [.. DefaultRoles.All.Select(Show), .. own.Items] } : own;
    }

    public async Task<Answer<RoleInfo>> GetAsync(UserCaller caller, string role, CancellationToken cancellationToken)
    {
        if (DefaultRoles.Find(role) is { } known)
            return Show(known);
        if (!Id.TryParse(role, out RoleId id))
            return Refusal.NotFound("such role");
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Role, Operation.View), cancellationToken);
        return await unit.Context.Roles.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken) is { } row
            ? Show(row)
            : Refusal.NotFound(id);
    }

    public async Task<Answer<RoleInfo>> CreateAsync(UserCaller caller, CreateRole ask, CancellationToken cancellationToken)
    {
        if ((ask.Organization ?? caller.Organization) is not { } organization)
            return Refusal.Invalid(("organization", "whose role it is, since you belong to none"));
        if (caller.Judge(Resource.Role, Operation.Create, Whose.Of(organization)) is { } refusal)
            return refusal;
        if (RoleLaws.Check(ask.Name, ask.Description, ask.Rules).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        if (Granting.MayPutTogether(caller, AccountRights.OfRules(ask.Rules)) is { } beyond)
            return beyond;
        var id = RoleId.New(time);
        var row = new RoleRow
        {
            Id = id.Value, OrganizationId = organization.Value, Name = ask.Name, Description = ask.Description ?? "", Rules = [.. ask.Rules.Distinct()],
        };
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(organization)), cancellationToken);
        unit.Context.Add(row);
        await unit.RecordAsync(caller, "role.create", id, cancellationToken, organization: organization);
        return await SaveAsync(unit, row, cancellationToken);
    }

    /// <summary>What is added has to be the editor's own; what is there already may stay, or go.</summary>
    public async Task<Answer<RoleInfo>> EditAsync(UserCaller caller, RoleId id, EditRole ask, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await LockAsync(unit, id, cancellationToken) is not { } row)
            return Refusal.NotFound(id);
        var organization = new OrganizationId(row.OrganizationId);
        if (caller.Judge(Resource.Role, Operation.Edit, Whose.Of(organization), id) is { } refusal)
            return refusal;
        if (RoleLaws.Check(ask.Name, ask.Description, ask.Rules).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        if (Granting.MayPutTogether(caller, AccountRights.OfRules(ask.Rules.Except(row.Rules))) is { } beyond)
            return beyond;
        (row.Name, row.Description, row.Rules) = (ask.Name, ask.Description ?? "", [.. ask.Rules.Distinct()]);
        await unit.RecordAsync(caller, "role.edit", id, cancellationToken, organization: organization);
        return await SaveAsync(unit, row, cancellationToken);
    }

    public async Task<Answer<Done>> DeleteAsync(UserCaller caller, RoleId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        if (await LockAsync(unit, id, cancellationToken) is not { } row)
            return Refusal.NotFound(id);
        var organization = new OrganizationId(row.OrganizationId);
        if (caller.Judge(Resource.Role, Operation.Delete, Whose.Of(organization), id) is { } refusal)
            return refusal;
        unit.Context.Remove(row);
        await unit.RecordAsync(caller, "role.delete", id, cancellationToken, organization: organization);
        try
        {
            await unit.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return new Refusal(ErrorCodes.Conflict, $"Accounts have the role '{row.Name}' still. Take it from them first: vantage user roles.");
        }

        return default(Done);
    }

    /// <summary>Locked, so that of two editors the later one is judged by what the earlier one left.</summary>
    private static Task<RoleRow?> LockAsync(UnitOfWork unit, RoleId id, CancellationToken cancellationToken) =>
        unit.Context.Roles.FromSql($"SELECT * FROM role WHERE id = {id.Value} FOR UPDATE").FirstOrDefaultAsync(cancellationToken);

    private async Task<Answer<RoleInfo>> SaveAsync(UnitOfWork unit, RoleRow row, CancellationToken cancellationToken)
    {
        try
        {
            await unit.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("role_name"))
        {
            return Refusal.NameTaken("a role of this organization", row.Name);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return Refusal.NotFound(new OrganizationId(row.OrganizationId));
        }

        credentials.Forget();
        return Show(row);
    }

    private static RoleInfo Show(DefaultRole known) =>
        new(known.Role, known.Role.Name, known.Description, null, [.. known.Rights.Rules.Select(rule => rule.ToString())], null);

    private static RoleInfo Show(RoleRow row) => new(Role.Of(new RoleId(row.Id)), row.Name, row.Description,
        new OrganizationId(row.OrganizationId), row.Rules, row.CreatedAt);
}
