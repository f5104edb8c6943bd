using Microsoft.EntityFrameworkCore;
using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Accounts.Devices;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Collaborations.Charters;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Collaborations;

internal sealed class CollaborationHandlers(Database database, Credentials credentials, CharterHeads charters, TimeProvider time)
{
    private const int MostMembers = 1000;

    public async Task<Answer<Page<Collaboration>>> ListAsync(UserCaller caller, PageRequest page, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Collaboration, Operation.View), cancellationToken);
        var rows = await unit.Context.Collaborations.AsNoTracking()
            .Where(row => row.Id > page.After).OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        var members = await MemberReader.ReadAsync(unit, [.. rows.Select(row => row.Id)], cancellationToken);
        return page.Of(rows, row => Show(row, members), row => new CollaborationId(row.Id).ToString());
    }

    public async Task<Answer<Collaboration>> GetAsync(Caller caller, CollaborationId id, CancellationToken cancellationToken)
    {
        if (caller.Judge(Resource.Collaboration, Operation.View, Whose.Of(id), id) is { } refusal)
            return refusal;
        var own = caller is UserCaller { Organization: { } organization } ? TenantScope.Of(organization) : TenantScope.Nothing;
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(id)).And(own), cancellationToken);
        var row = await unit.Context.Collaborations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id.Value, cancellationToken);
        return row is null ? Refusal.NotFound(id) : Show(row, await MemberReader.ReadAsync(unit, [row.Id], cancellationToken)) with
        {
            Devices = caller is UserCaller { User: var user } ? [.. (await DeviceReading.ReadAsync(unit, [user.Value], cancellationToken))[user.Value]] : null,
            Charter = (await charters.OfAsync(new HashSet<CollaborationId> { id }, cancellationToken)).SingleOrDefault(),
        };
    }

    public async Task<Answer<Collaboration>> CreateAsync(UserCaller caller, CreateCollaboration ask, CancellationToken cancellationToken)
    {
        if (caller.Judge(Resource.Collaboration, Operation.Create, default) is { } refusal)
            return refusal;
        if (Check(ask).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        var id = CollaborationId.New(time);
        var row = new CollaborationRow { Id = id.Value, Name = ask.Name };
        await using var unit = await database.BeginAsync(TenantScope.Of(id).And(caller.Reach), cancellationToken);
        unit.Context.Add(row);
        unit.Context.AddRange(ask.Organizations.Select(member => new MemberRow { CollaborationId = id.Value, OrganizationId = member.Value }));
        await unit.RecordAsync(caller, "collaboration.create", id, cancellationToken, collaboration: id);
        try
        {
            await unit.Context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("collaboration_name"))
        {
            return Refusal.NameTaken("a collaboration", ask.Name);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return Refusal.Invalid(("organizations", "one of them does not exist"));
        }

        var shown = Show(row, await MemberReader.ReadAsync(unit, [row.Id], cancellationToken));
        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        return shown;
    }

    private static Collaboration Show(CollaborationRow row, ILookup<Guid, Member> members) =>
        new(new CollaborationId(row.Id), row.Name, [.. members[row.Id]], row.CreatedAt);

    private static IEnumerable<(string, string)> Check(CreateCollaboration ask)
    {
        foreach (var broken in Names.Check("name", ask.Name))
            yield return broken;
        if (ask.Organizations.Count is < 1 or > MostMembers)
            yield return ("organizations", $"between 1 and {MostMembers}");
        if (ask.Organizations.Distinct().Count() != ask.Organizations.Count)
            yield return ("organizations", "each once");
    }
}
