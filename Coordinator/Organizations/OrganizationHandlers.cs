using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Organizations;

internal sealed class OrganizationHandlers(Database database, Credentials credentials, TimeProvider time)
{
    public async Task<Answer<Page<Organization>>> ListAsync(UserCaller caller, PageRequest page, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Organization, Operation.View), cancellationToken);
        var rows = await unit.Context.Organizations.AsNoTracking()
            .Where(row => row.Id > page.After).OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        return page.Of(rows, Show, row => new OrganizationId(row.Id).ToString());
    }

    public async Task<Answer<Organization>> GetAsync(UserCaller caller, OrganizationId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Organization, Operation.View), cancellationToken);
        return await unit.Context.Organizations.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken) is { } row
            ? Show(row)
            : Refusal.NotFound(id);
    }

    public async Task<Answer<Organization>> CreateAsync(UserCaller caller, CreateOrganization ask, CancellationToken cancellationToken)
    {
        if (caller.Judge(Resource.Organization, Operation.Create, default) is { } refusal)
            return refusal;
        if (Check(ask).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        var id = OrganizationId.New(time);
        var row = new OrganizationRow { Id = id.Value, Name = ask.Name, Country = ask.Country };
        await using var unit = await database.BeginAsync(TenantScope.Of(id), cancellationToken);
        unit.Context.Add(row);
        await unit.RecordAsync(caller, "organization.create", id, cancellationToken, organization: id);
        try
        {
            await unit.CommitAsync(cancellationToken);
            credentials.Forget();
        }
        catch (DbUpdateException e) when (e.IsDuplicate("organization_name"))
        {
            return Refusal.NameTaken("an organization", ask.Name);
        }

        return Show(row);
    }

    public async Task<Answer<Organization>> PublishRootAsync(UserCaller caller, OrganizationId id, PublishRoot ask,
        CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Organization, Operation.View), cancellationToken);
        if (await unit.Context.Organizations.FirstOrDefaultAsync(organization => organization.Id == id.Value, cancellationToken) is not { } row)
            return Refusal.NotFound(id);
        if (caller.Judge(Resource.Organization, Operation.Edit, Whose.Of(id)) is { } refusal)
            return refusal;
        try
        {
            var root = Certificate.Parse(ask.Certificate);
            Certificates.Verify(root, new PinnedRoots([PinnedRoot.Of(id, row.Name, root)]), time.GetUtcNow());
        }
        catch (CertificateException e)
        {
            return new Refusal(ErrorCodes.CertificateInvalid, e.Message);
        }

        row.Root = ask.Certificate;
        await unit.RecordAsync(caller, "organization.publish-root", id, cancellationToken, organization: id);
        await unit.CommitAsync(cancellationToken);
        return Show(row);
    }

    private static Organization Show(OrganizationRow row) =>
        new(new OrganizationId(row.Id), row.Name, row.Country, row.Root, row.CreatedAt);

    private static IEnumerable<(string, string)> Check(CreateOrganization ask)
    {
        foreach (var broken in Names.Check("name", ask.Name))
            yield return broken;
        if (ask.Country is { } country && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)))
            yield return ("country", "two capital letters (ISO 3166), such as NL");
    }
}
