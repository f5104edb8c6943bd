using Microsoft.EntityFrameworkCore;
using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Collaborations;

internal sealed class StudyHandlers(Database database, TimeProvider time)
{
    public async Task<Answer<Page<Study>>> ListAsync(UserCaller caller, CollaborationId collaboration, PageRequest page,
        CancellationToken cancellationToken)
    {
        if (Judge(caller, Operation.View, collaboration) is { } refusal)
            return refusal;
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(collaboration)), cancellationToken);
        var rows = await unit.Context.Studies.AsNoTracking()
            .Where(row => row.CollaborationId == collaboration.Value && row.Id > page.After)
            .OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.Id).ToList();
        var members = (await unit.Context.StudyMembers.AsNoTracking().Where(row => ids.Contains(row.StudyId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.StudyId, row => new OrganizationId(row.OrganizationId));
        return page.Of(rows, row => Show(row, members[row.Id]), row => new StudyId(row.Id).ToString());
    }

    public async Task<Answer<Study>> GetAsync(UserCaller caller, CollaborationId collaboration, StudyId id, CancellationToken cancellationToken)
    {
        if (Judge(caller, Operation.View, collaboration) is { } refusal)
            return refusal;
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(collaboration)), cancellationToken);
        var row = await unit.Context.Studies.AsNoTracking()
            .FirstOrDefaultAsync(study => study.Id == id.Value && study.CollaborationId == collaboration.Value, cancellationToken);
        if (row is null)
            return Refusal.NotFound(id);
        var members = await unit.Context.StudyMembers.AsNoTracking().Where(member => member.StudyId == row.Id).ToListAsync(cancellationToken);
        return Show(row, members.Select(member => new OrganizationId(member.OrganizationId)));
    }

    public async Task<Answer<Study>> CreateAsync(UserCaller caller, CollaborationId collaboration, CreateStudy ask,
        CancellationToken cancellationToken)
    {
        if (Judge(caller, Operation.Create, collaboration) is { } refusal)
            return refusal;
        if (Check(ask).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        var id = StudyId.New(time);
        var row = new StudyRow { Id = id.Value, CollaborationId = collaboration.Value, Name = ask.Name };
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(collaboration)), cancellationToken);
        unit.Context.Add(row);
        unit.Context.AddRange(ask.Organizations.Select(member =>
            new StudyMemberRow { StudyId = id.Value, CollaborationId = collaboration.Value, OrganizationId = member.Value }));
        await unit.RecordAsync(caller, "study.create", id, cancellationToken, collaboration: collaboration);
        try
        {
            await unit.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("study_name"))
        {
            return Refusal.NameTaken("a study in this collaboration", ask.Name);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return Refusal.Invalid(("organizations", "only members of the collaboration"));
        }

        return Show(row, ask.Organizations);
    }

    /// <summary>Whoever may not see the collaboration is not told of its studies either.</summary>
    private static Refusal? Judge(UserCaller caller, Operation operation, CollaborationId collaboration) =>
        caller.Judge(Resource.Study, operation, Whose.Of(collaboration), collaboration);

    private static Study Show(StudyRow row, IEnumerable<OrganizationId> members) => new(new StudyId(row.Id),
        new CollaborationId(row.CollaborationId), row.Name, [.. members.OrderBy(id => id.Value)], row.CreatedAt);

    private static IEnumerable<(string, string)> Check(CreateStudy ask)
    {
        foreach (var broken in Names.Check("name", ask.Name))
            yield return broken;
        if (ask.Organizations.Count == 0)
            yield return ("organizations", "at least one");
        if (ask.Organizations.Distinct().Count() != ask.Organizations.Count)
            yield return ("organizations", "each once");
    }
}
