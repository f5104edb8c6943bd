using Vantage.Client.Store;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;
using Vantage.Protocol.Reviews;

namespace Vantage.Cli.Store;

/// <summary>A submission as it is shown, after its signatures were checked.</summary>
internal sealed record SubmissionDetails(Submission Submission, string? Submitter, string? Note, IReadOnlyList<ShownReview> Reviews,
    IReadOnlyList<Standing> Standing, IReadOnlyList<string> Unbelieved)
{
    public static SubmissionDetails Of(CheckedSubmission found, IReadOnlyList<StoreRule> rules, IReadOnlyDictionary<string, string> names, DateTimeOffset at) => new(
        found.Submission, found.Submitter, found.Statement?.Note,
        [.. found.Reviews.Select(review => ShownReview.Of(review, at))],
        [.. rules.Select(rule => Store.Standing.Of(names.GetValueOrDefault(rule.Organization.ToString()) ?? rule.Organization.ToString(), rule, found.By(rule, at)))],
        found.Unbelieved);
}

internal sealed record ShownReview(string Reviewer, string Organization, string Verdict, string Comment, DateTimeOffset IssuedAt, DateTimeOffset NotAfter, bool Holds)
{
    public static ShownReview Of(Review review, DateTimeOffset at) => new(review.Name, review.Organization.ToString(),
        review.Statement.Verdict.ToExactName(), review.Statement.Comment, review.Statement.IssuedAt, review.Statement.NotAfter,
        review.Statement.Verdict != ReviewVerdict.Approved || at < review.Statement.NotAfter);
}

/// <summary>What the reviews come to for one member of the collaboration.</summary>
/// <param name="State"><c>approved</c>, <c>waiting</c> or <c>rejected</c>.</param>
/// <param name="Because">In words.</param>
internal sealed record Standing(string Organization, string State, string Because)
{
    public static Standing Of(string organization, StoreRule rule, ReviewOutcome outcome) => outcome switch
    {
        ReviewOutcome.Approved approved => new(organization, "approved", string.Join(", ", approved.By.Select(review => review.Name))),
        ReviewOutcome.Rejected rejected => new(organization, "rejected", string.Join(", ", rejected.By.Select(review => review.Name))),
        ReviewOutcome.Waiting waiting => new(organization, "waiting",
            $"{waiting.By.Count} of {rule.AtLeast} approvals, {waiting.Reviewers} more from {Math.Max(1, waiting.Organizations)} or more organizations of {rule.Accepts.Count}"),
        _ => throw new InvalidOperationException($"No word for {outcome}."),
    };
}
