using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;

namespace Vantage.Coordinator.Algorithms;

/// <summary>Code is put before reviewers, looked at, and taken back.</summary>
internal sealed class SubmissionHandlers(Database database, TimeProvider time)
{
    public async Task<Answer<Page<Submission>>> ListAsync(UserCaller caller, CollaborationId? collaboration, PageRequest page,
        CancellationToken cancellationToken)
    {
        if (collaboration is { } named && caller.Judge(Resource.Algorithm, Operation.View, Whose.Of(named), named) is { } refusal)
            return refusal;
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Algorithm, Operation.View), cancellationToken);
        var rows = await unit.Context.Submissions.AsNoTracking()
            .Where(row => row.Id > page.After && row.WithdrawnAt == null && (collaboration == null || row.CollaborationId == collaboration.Value.Value))
            .OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        var reviews = await SubmissionView.ReviewsAsync(unit, [.. rows.Select(row => row.Id)], cancellationToken);
        return page.Of(rows, row => SubmissionView.Of(row, reviews[row.Id]), row => new SubmissionId(row.Id).ToString());
    }

    public async Task<Answer<Submission>> GetAsync(UserCaller caller, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Algorithm, Operation.View), cancellationToken);
        var row = await unit.Context.Submissions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken);
        return row is null
            ? Refusal.NotFound(id)
            : SubmissionView.Of(row, (await SubmissionView.ReviewsAsync(unit, [row.Id], cancellationToken))[row.Id]);
    }

    /// <summary>The same statement again gives the same submission.</summary>
    public async Task<Answer<Submission>> SubmitAsync(UserCaller caller, SubmissionId id, SubmitAlgorithm ask, CancellationToken cancellationToken)
    {
        if (caller.Organization is not { } own)
            return Refusal.Forbidden("The Coordinator's admins belong to no organization: its members put code before reviewers.");
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var root = await unit.Context.Organizations.Where(row => row.Id == own.Value).Select(row => row.Root).FirstAsync(cancellationToken);
        var read = StatementCheck.Of(caller, root, trust => Submissions.Verify(ask.Statement, trust, time.GetUtcNow()), v => v.Signer.Principal);
        if (read.Value is not { Value: var statement })
            return read.Refusal!;
        if (Objection(caller, own, id, statement) is { } refusal)
            return refusal;
        if (await unit.Context.Submissions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken) is { } before)
        {
            return before.Statement == ask.Statement ? SubmissionView.Of(before, []) : TakenId(id);
        }

        var row = Row(statement, own, caller.User, ask.Statement);
        unit.Context.Add(row);
        await unit.RecordAsync(caller, "algorithm.submit", id, cancellationToken, collaboration: statement.Collaboration);
        try
        {
            await unit.CommitAsync(cancellationToken);
            return SubmissionView.Of(row, []);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("algorithm_submission_pkey"))
        {
            // Another tenant's, which row-level security did not show.
            return TakenId(id);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("algorithm_submission_code"))
        {
            return new Refusal(ErrorCodes.Conflict, $"{statement.Algorithm.Digest} is before this collaboration's reviewers already. "
                + "'vantage store list' shows it.");
        }
    }

    /// <summary>It leaves the list; what reviewers said of the code stays said.</summary>
    public async Task<Answer<Done>> WithdrawAsync(UserCaller caller, SubmissionId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Algorithm, Operation.View), cancellationToken);
        if (await unit.Context.Submissions.FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken) is not { } row)
            return Refusal.NotFound(id);
        var whose = new Whose(new OrganizationId(row.OrganizationId), new CollaborationId(row.CollaborationId));
        if (caller.Judge(Resource.Algorithm, Operation.Delete, whose, id) is { } refusal)
            return refusal;
        if (row.WithdrawnAt is not null)
            return default(Done);
        row.WithdrawnAt = time.GetUtcNow();
        await unit.RecordAsync(caller, "algorithm.withdraw", id, cancellationToken, collaboration: new CollaborationId(row.CollaborationId));
        await unit.CommitAsync(cancellationToken);
        return default(Done);
    }

    private static Refusal TakenId(SubmissionId id) => new(ErrorCodes.Conflict, $"{id} is another submission already. Make a new one.");

    private static Refusal? Objection(UserCaller caller, OrganizationId own, SubmissionId id, SubmissionStatement statement) =>
        !caller.Collaborations.Contains(statement.Collaboration) ? Refusal.NotFound(statement.Collaboration)
        : caller.Judge(Resource.Algorithm, Operation.Create, Whose.Of(own)) is { } refusal ? refusal
        : statement.Id != id ? Refusal.Invalid(("statement", $"it is {statement.Id}, and {id} is handed in"))
        : statement.Algorithm.Kind == AlgorithmKind.Builtin ? Refusal.Invalid(("statement",
            "built-in algorithms come with the node, and each organization's root vouches for them: vantage keys catalogue"))
        : null;

    private static SubmissionRow Row(SubmissionStatement statement, OrganizationId own, UserId user, string jws)
    {
        var described = Submissions.Describe(statement);
        return new()
        {
            Id = statement.Id.Value,
            CollaborationId = statement.Collaboration.Value,
            OrganizationId = own.Value,
            AccountId = user.Value,
            Algorithm = statement.Algorithm.Text,
            Digest = statement.Algorithm.Digest,
            Name = described.Name,
            Version = described.Version,
            Statement = jws,
        };
    }
}
