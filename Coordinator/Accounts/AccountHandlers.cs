using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Sessions;
using Vantage.Coordinator.Accounts.Tokens;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts;

internal sealed class AccountHandlers(Database database, TimeProvider time, RandomNumberGenerator random)
{
    public async Task<Answer<Page<User>>> ListAsync(UserCaller caller, PageRequest page, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var rows = await unit.Context.Accounts.AsNoTracking()
            .Where(row => row.Id > page.After).OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        return page.Of(rows, Show, row => new UserId(row.Id).ToString());
    }

    public async Task<Answer<User>> GetAsync(UserCaller caller, UserId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Accounts.AsNoTracking().FirstOrDefaultAsync(account => account.Id == id.Value, cancellationToken);
        return row is null ? Refusal.NotFound(id)
            : AccountRules.MaySee(caller, id, OrganizationOf(row)) is { } refusal ? refusal
            : Show(row);
    }

    public async Task<Answer<CreatedUser>> CreateAsync(UserCaller caller, CreateUser ask, CancellationToken cancellationToken)
    {
        if (AccountRules.MayCreate(caller, ask.Organization, [.. ask.Roles]) is { } refusal)
            return refusal;
        if (NewUserLaws.Check(ask).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        var row = new AccountRow
        {
            Id = UserId.New(time).Value,
            OrganizationId = ask.Organization?.Value,
            Name = ask.Name,
            Email = ask.Email,
            Roles = [.. ask.Roles.Distinct().Select(RoleNames.Of)],
        };
        var token = NewToken.Create(row.Id, row.OrganizationId, "first", NewToken.FirstTokenLife, time, random);
        await using var unit = await database.BeginAsync(
            TenantScope.Of(ask.Organization ?? TenantScope.CoordinatorItself), cancellationToken);
        unit.Context.Add(row);
        unit.Context.Add(token.Row);
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

        return new CreatedUser(Show(row), token.Show(time.GetUtcNow()));
    }

    public async Task<Answer<User>> PublishCertificatesAsync(UserCaller caller, UserId id, PublishCertificates ask,
        CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Accounts.FirstOrDefaultAsync(account => account.Id == id.Value, cancellationToken);
        if (row is null)
            return Refusal.NotFound(id);
        if (AccountRules.MayManage(caller, id, OrganizationOf(row)) is { } refusal)
            return refusal;
        if (OrganizationOf(row) is not { } organization)
            return Refusal.Forbidden("The Coordinator's admins have no certificates: they ask no questions and read no answers.");
        var root = await unit.Context.Organizations.Where(o => o.Id == row.OrganizationId).Select(o => o.Root).FirstAsync(cancellationToken);
        if (CertificateChecks.Check(root, Identity.Of(organization, id, CertificatePurpose.Signing), ask.Signing,
            Identity.Of(organization, id, CertificatePurpose.Encryption), ask.Encryption, time.GetUtcNow()) is { } untrusted)
        {
            return untrusted;
        }

        (row.SigningCertificate, row.EncryptionCertificate) = (ask.Signing, ask.Encryption);
        await unit.RecordAsync(caller, "user.publish-certificates", id, cancellationToken, organization: organization);
        await unit.CommitAsync(cancellationToken);
        return Show(row);
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
        return new Me(caller.User, caller.Name, caller.Roles, caller.Organization, token is null ? null : NewToken.Show(token, time.GetUtcNow()),
            session is null ? null : SessionReading.Show(session, caller.Session));
    }

    internal static OrganizationId? OrganizationOf(AccountRow row) =>
        row.OrganizationId is { } organization ? new OrganizationId(organization) : null;

    private static User Show(AccountRow row) => new(new UserId(row.Id), row.Name, row.Email, OrganizationOf(row),
        [.. row.Roles.Select(RoleNames.Parse)], row.SigningCertificate, row.EncryptionCertificate, row.CreatedAt);
}
