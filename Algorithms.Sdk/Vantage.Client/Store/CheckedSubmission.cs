using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Api;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Reviews;

namespace Vantage.Client.Store;

/// <summary>A submission and its reviews, as far as pinned roots stand behind them.</summary>
/// <param name="Submission">As the Coordinator told it.</param>
/// <param name="Statement">What the submitter signed; null if nobody pinned here stands behind it.</param>
/// <param name="Submitter">What their certificate calls them; null likewise.</param>
/// <param name="Reviews">Those that are believed to be their reviewers' own.</param>
/// <param name="Unbelieved">Why others, or the submission itself, are not believed; a sentence each.</param>
public sealed record CheckedSubmission(Submission Submission, SubmissionStatement? Statement, string? Submitter, IReadOnlyList<Review> Reviews,
    IReadOnlyList<string> Unbelieved)
{
    /// <summary>What the code says of itself; null if the submission is not believed.</summary>
    public AlgorithmManifest? Description => Statement is null ? null : Submissions.Describe(Statement);

    /// <summary>What the reviews come to for an organization that asks so much.</summary>
    public ReviewOutcome By(StoreRule rule, DateTimeOffset at) => ReviewTally.Judge(
        new ReviewRule
        {
            Organizations = rule.Accepts.ToHashSet(),
            AtLeast = rule.AtLeast,
            FromOrganizations = rule.FromOrganizations,
        },
        Submission.Algorithm, Reviews, at);

    internal static CheckedSubmission Of(Submission submission, ITrust pins, DateTimeOffset at)
    {
        var unbelieved = new List<string>();
        var signed = Try(() => Submissions.Verify(submission.Statement, pins, at), unbelieved);
        if (signed is not null && (signed.Value.Algorithm != submission.Algorithm || signed.Value.Id != submission.Id))
        {
            unbelieved.Add($"The Coordinator shows {submission.Algorithm} as {submission.Id}, and its submitter signed {signed.Value.Algorithm} as {signed.Value.Id}.");
            signed = null;
        }

        var reviews = submission.Reviews.Select(jws => Try(() => Review.Verify(jws, pins, at), unbelieved)).OfType<Review>()
            .Where(review => review.Statement.Algorithm.Digest == submission.Algorithm.Digest).ToList();
        return new(submission, signed?.Value, signed?.Signer.Name, reviews, unbelieved);
    }

    private static T? Try<T>(Func<T> verify, List<string> unbelieved)
        where T : class
    {
        try
        {
            return verify();
        }
        catch (TrustException e)
        {
            unbelieved.Add(e.Message);
            return null;
        }
    }
}
