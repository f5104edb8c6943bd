using Microsoft.EntityFrameworkCore;
using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Access.Roles;
using Vantage.Coordinator.Accounts.SingleSignOn.People;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.ServiceAccounts;

internal sealed class ServiceAccountHandlers(Database database, ServiceSettings settings, TimeProvider time)
{
    public async Task<Answer<User>> CreateAsync(UserCaller caller, CreateServiceAccount ask, CancellationToken cancellationToken)
    {
        if (caller.Judge(Resource.User, Operation.Create, Whose.Of(ask.Organization)) is { } refusal)
            return refusal;
        if (settings.Issuer is not { } issuer)
            return new Refusal(ErrorCodes.Conflict, "This Coordinator takes no access tokens of a provider: its setting signOn.services names none.");
        var broken = NewUserLaws.Check(new CreateUser(ask.Name, null, ask.Organization, ask.Roles)).ToList();
        if (ask.Client.Length is 0 or > 255 || ask.Client.Any(c => c is <= ' ' or > '~'))
            broken.Add(("client", "the client_id that the provider gave the program: up to 255 printable characters without blanks"));
        if (ask.Roles.Contains(Role.Admin))
            broken.Add(("roles", "no program runs the Coordinator by a token of somebody else's"));
        if (broken.Count > 0)
            return Refusal.Invalid(broken);
        var row = new AccountRow
        {
            Id = UserId.New(time).Value, OrganizationId = ask.Organization.Value, Name = ask.Name, Roles = RoleGiving.DefaultNames(ask.Roles),
        };
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(ask.Organization)), cancellationToken);
        if (await RoleGiving.JudgeAsync(unit, caller, ask.Organization, ask.Roles, cancellationToken) is { } unfit)
            return unfit;
        unit.Context.Add(row);
        unit.Context.AddRange(RoleGiving.OwnRows(row, ask.Roles));
        try
        {
            await unit.Context.SaveChangesAsync(cancellationToken);
            unit.Context.Add(new IdentityRow
            {
                Issuer = issuer, Subject = ask.Client, AccountId = row.Id, OrganizationId = row.OrganizationId, IsService = true,
            });
            await unit.RecordAsync(caller, "service-account.create", new UserId(row.Id), cancellationToken, organization: ask.Organization);
            await unit.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("account_name"))
        {
            return Refusal.NameTaken("an account", ask.Name);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("account_identity_pkey"))
        {
            return new Refusal(ErrorCodes.Conflict, "This client works by another account already.");
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return Refusal.NotFound(ask.Organization);
        }

        return new User(new UserId(row.Id), row.Name, null, ask.Organization, [.. ask.Roles.Distinct()], null, null, row.CreatedAt);
    }
}
