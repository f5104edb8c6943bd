using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Accounts.Devices;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Accounts.Tokens;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts;

internal sealed class AccountHandlers(Database database, TimeProvider time, RandomNumberGenerator random)
{
    public async Task<Answer<Page<User>>> ListAsync(UserCaller caller, PageRequest page, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.User, Operation.View), cancellationToken);
        var only = caller.Rights[new(Resource.User, Operation.View)] == Scope.Own ? caller.User.Value : (Guid?)null;
        var rows = await unit.Context.Accounts.AsNoTracking()
            .Where(row => row.Id > page.After && (only == null || row.Id == only)).OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        var roles = await HeldRoles.ReadAsync(unit, rows, cancellationToken);
        var devices = await DeviceReading.ReadAsync(unit, [.. rows.Select(row => row.Id)], cancellationToken);
        return page.Of(rows, row => Show(row, roles[row.Id], [.. devices[row.Id]]), row => new UserId(row.Id).ToString());
    }

    public async Task<Answer<User>> GetAsync(UserCaller caller, UserId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Accounts.AsNoTracking().FirstOrDefaultAsync(account => account.Id == id.Value, cancellationToken);
        return row is null ? Refusal.NotFound(id)
            : caller.Judge(Resource.User, Operation.View, Whose.Of(id, OrganizationOf(row)), id) is { } refusal ? refusal
            : await ShowAsync(unit, row, cancellationToken);
    }

    public async Task<Answer<CreatedUser>> CreateAsync(UserCaller caller, CreateUser ask, CancellationToken cancellationToken)
    {
        if (caller.Judge(Resource.User, Operation.Create, Whose.Of(ask.Organization)) is { } refusal)
            return refusal;
        if (NewUserLaws.Check(ask).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        var row = new AccountRow
        {
            Id = UserId.New(time).Value,
            OrganizationId = ask.Organization?.Value,
            Name = ask.Name,
            Email = ask.Email,
            Roles = RoleGiving.DefaultNames(ask.Roles),
        };
        // What the maker's own token is good from, this one is, too: else it would open what that one does not.
        var token = NewToken.Create(row.Id, row.OrganizationId, "first", NewToken.FirstTokenLife, time, random,
            TokenTerms.Unlimited with { AllowedFrom = caller.Terms.AllowedFrom });
        await using var unit = await database.BeginAsync(
            caller.Within(TenantScope.Of(ask.Organization ?? TenantScope.CoordinatorItself)), cancellationToken);
        if (await RoleGiving.JudgeAsync(unit, caller, ask.Organization, ask.Roles, cancellationToken) is { } unfit)
            return unfit;
        unit.Context.Add(row);
        unit.Context.Add(token.Row);
        unit.Context.AddRange(RoleGiving.OwnRows(row, ask.Roles));
        await unit.RecordAsync(caller, "user.create", new UserId(row.Id), cancellationToken, organization: ask.Organization);
        try
        {
            await unit.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("account_name"))
        {
            return Refusal.NameTaken("an account", ask.Name);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return Refusal.NotFound(ask.Organization!);
        }

        return new CreatedUser(Show(row, [.. ask.Roles.Distinct()], []), token.Show(time.GetUtcNow()));
    }

    public async Task<Answer<Me>> MeAsync(UserCaller caller, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var token = caller.Token is { } id
            ? await unit.Context.Tokens.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken)
            : null;
        var session = caller.Session is { } own
            ? await unit.Context.Sessions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == own.Value, cancellationToken)
            : null;
        var account = await unit.Context.Accounts.AsNoTracking().FirstAsync(row => row.Id == caller.User.Value, cancellationToken);
        var roles = await HeldRoles.ReadAsync(unit, [account], cancellationToken);
        return new Me(caller.User, caller.Name, roles[account.Id], caller.Organization, token is null ? null : NewToken.Show(token, time.GetUtcNow()),
            session is null ? null : SessionReading.Show(session, caller.Session), [.. caller.Rights.Rules.Select(rule => rule.ToString())]);
    }

    internal static OrganizationId? OrganizationOf(AccountRow row) =>
        row.OrganizationId is { } organization ? new OrganizationId(organization) : null;

    internal static async Task<User> ShowAsync(UnitOfWork unit, AccountRow row, CancellationToken cancellationToken) =>
        Show(row, (await HeldRoles.ReadAsync(unit, [row], cancellationToken))[row.Id],
            [.. (await DeviceReading.ReadAsync(unit, [row.Id], cancellationToken))[row.Id]]);

    private static User Show(AccountRow row, IReadOnlyList<Role> roles, IReadOnlyList<Device> devices)
    {
        var newest = devices is [.., var last] ? last : null;
        return new User(new UserId(row.Id), row.Name, row.Email, OrganizationOf(row), roles, newest?.SigningCertificate,
            newest?.EncryptionCertificate, row.CreatedAt, devices);
    }
}
