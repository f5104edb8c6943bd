using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Algorithms;

/// <summary>What each member of a collaboration asks of code before it takes it for reviewed.</summary>
internal sealed class StoreRuleHandlers(Database database)
{
    private const int MostReviewers = 100;

    public async Task<Answer<Page<StoreRule>>> ListAsync(UserCaller caller, CollaborationId collaboration, CancellationToken cancellationToken)
    {
        if (caller.Judge(Resource.Algorithm, Operation.View, Whose.Of(collaboration), collaboration) is { } refusal)
            return refusal;
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(collaboration)), cancellationToken);
        var members = await unit.Context.Members.AsNoTracking().Where(row => row.CollaborationId == collaboration.Value)
            .Select(row => row.OrganizationId).Order().ToListAsync(cancellationToken);
        var rows = await unit.Context.StoreRules.AsNoTracking().Where(row => row.CollaborationId == collaboration.Value)
            .ToDictionaryAsync(row => row.OrganizationId, cancellationToken);
        return new Page<StoreRule>([.. members.Select(member => rows.TryGetValue(member, out var row) ? Show(row) : ByItself(member))], null);
    }

    public async Task<Answer<StoreRule>> SetAsync(UserCaller caller, CollaborationId collaboration, SetStoreRule ask, CancellationToken cancellationToken)
    {
        if (caller.Organization is not { } own || !caller.Collaborations.Contains(collaboration))
            return Refusal.NotFound(collaboration);
        if (caller.Judge(Resource.Organization, Operation.Edit, Whose.Of(own), own) is { } refusal)
            return refusal;
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var members = await unit.Context.Members.AsNoTracking().Where(row => row.CollaborationId == collaboration.Value)
            .Select(row => row.OrganizationId).ToListAsync(cancellationToken);
        if (Check(ask, members).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        var row = await unit.Context.StoreRules.FirstOrDefaultAsync(
            row => row.CollaborationId == collaboration.Value && row.OrganizationId == own.Value, cancellationToken);
        if (row is null)
            unit.Context.Add(row = new StoreRuleRow { CollaborationId = collaboration.Value, OrganizationId = own.Value, Accepts = [] });
        (row.AtLeast, row.FromOrganizations, row.Accepts) = (ask.AtLeast, ask.FromOrganizations, [.. ask.Accepts.Select(id => id.Value)]);
        await unit.RecordAsync(caller, "algorithm.rule", own, cancellationToken, collaboration: collaboration);
        await unit.CommitAsync(cancellationToken);
        return Show(row);
    }

    private static StoreRule ByItself(Guid organization) => new(new OrganizationId(organization), 1, 1, [new OrganizationId(organization)]);

    private static StoreRule Show(StoreRuleRow row) => new(new OrganizationId(row.OrganizationId), row.AtLeast, row.FromOrganizations,
        [.. row.Accepts.Select(id => new OrganizationId(id))]);

    private static IEnumerable<(string, string)> Check(SetStoreRule ask, List<Guid> members)
    {
        if (ask.AtLeast is < 1 or > MostReviewers)
            yield return ("atLeast", $"between 1 and {MostReviewers}");
        if (ask.FromOrganizations < 1 || ask.FromOrganizations > ask.AtLeast || ask.FromOrganizations > ask.Accepts.Count)
            yield return ("fromOrganizations", "from 1 on, and not more than 'atLeast' or the organizations in 'accepts'");
        if (ask.Accepts.Distinct().Count() != ask.Accepts.Count || ask.Accepts.Any(id => !members.Contains(id.Value)))
            yield return ("accepts", "members of the collaboration, each once");
    }
}
