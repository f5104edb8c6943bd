using Microsoft.EntityFrameworkCore;
using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;

namespace Vantage.Coordinator.Algorithms;

/// <summary>Keeps what reviewers signed, and gives it to who asks. It decides nothing: nodes count reviews by their own policies.</summary>
internal sealed class ReviewHandlers(Database database, TimeProvider time)
{
    private const string Upsert = """
        INSERT INTO algorithm_review (submission_id, collaboration_id, organization_id, account_id, digest, serial, statement)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (submission_id, account_id) DO UPDATE
            SET serial = excluded.serial, statement = excluded.statement, created_at = now()
            WHERE algorithm_review.serial < excluded.serial OR algorithm_review.statement = excluded.statement
        """;

    public async Task<Answer<Submission>> ReviewAsync(UserCaller caller, SubmissionId id, ReviewAlgorithm ask, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var submission = await unit.Context.Submissions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken);
        if (submission is null)
            return Refusal.NotFound(id);
        if (Objection(caller, submission) is { } refusal)
            return refusal;
        var own = caller.Organization!.Value;
        var root = await unit.Context.Organizations.Where(row => row.Id == own.Value).Select(row => row.Root).FirstAsync(cancellationToken);
        var read = StatementCheck.Of(caller, root, trust => Review.Verify(ask.Statement, trust, time.GetUtcNow()),
            review => new Principal.User(review.Reviewer));
        if (read.Value is not { } review)
            return read.Refusal!;
        if (review.Statement.Algorithm.Digest != submission.Digest)
            return Refusal.Invalid(("statement", $"it is about {review.Statement.Algorithm}, and {id} is {submission.Algorithm}"));
        if (await WriteAsync(unit, submission, own, review, ask.Statement, cancellationToken) == 0)
        {
            return new Refusal(ErrorCodes.Conflict, $"You said something newer about {id} already. Look at it, and sign with a higher serial.");
        }

        await unit.RecordAsync(caller, $"algorithm.{review.Statement.Verdict.ToString().ToLowerInvariant()}", id, cancellationToken,
            collaboration: new CollaborationId(submission.CollaborationId));
        await unit.CommitAsync(cancellationToken);
        await using var after = await database.BeginAsync(caller.Reach, cancellationToken);
        return SubmissionView.Of(submission, (await SubmissionView.ReviewsAsync(after, [submission.Id], cancellationToken))[submission.Id]);
    }

    /// <summary>For nodes and people: every word about this code that they may see, wherever it was said.</summary>
    public async Task<Answer<AlgorithmReviews>> OfCodeAsync(Caller caller, string algorithm, CancellationToken cancellationToken)
    {
        if (!AlgorithmRef.TryParse(algorithm, out var asked))
            return Refusal.Invalid(("algorithm", "an exact reference, such as oci:repository@sha256:…"));
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var statements = await unit.Context.Reviews.AsNoTracking().Where(row => row.Digest == asked.Digest)
            .OrderBy(row => row.AccountId).Select(row => row.Statement).Distinct().ToListAsync(cancellationToken);
        return new AlgorithmReviews(asked, statements);
    }

    /// <summary>Nobody reviews what they submitted themselves.</summary>
    private static Refusal? Objection(UserCaller caller, SubmissionRow submission) =>
        caller.Organization is not { } own || !caller.Collaborations.Contains(new CollaborationId(submission.CollaborationId))
            ? Refusal.NotFound(new SubmissionId(submission.Id))
        : caller.Judge(Resource.Review, Operation.Approve, Whose.Of(own)) is { } lacks ? lacks
        : submission.AccountId == caller.User.Value ? Refusal.Forbidden("Nobody reviews what they submitted. Ask a colleague with the role algorithm-reviewer.")
        : submission.WithdrawnAt is not null ? new Refusal(ErrorCodes.Conflict, "It was taken back by who submitted it.")
        : null;

    private static async Task<int> WriteAsync(UnitOfWork unit, SubmissionRow submission, OrganizationId own, Review review, string jws,
        CancellationToken cancellationToken)
    {
        await using var batch = unit.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Upsert)
        {
            Parameters =
            {
                new() { Value = submission.Id },
                new() { Value = submission.CollaborationId },
                new() { Value = own.Value },
                new() { Value = review.Reviewer.Value },
                new() { Value = submission.Digest },
                new() { Value = review.Statement.Serial },
                new() { Value = jws },
            },
        });
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
