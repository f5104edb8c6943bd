using Vantage.Protocol.Manifests;

namespace Vantage.Protocol.Reviews;

/// <summary>Counts reviews. Pure: the same reviews and the same instant give the same outcome, in whatever order they come.</summary>
public static class ReviewTally
{
    public static ReviewOutcome Judge(ReviewRule rule, AlgorithmRef algorithm, IEnumerable<Review> reviews, DateTimeOffset at)
    {
        var words = LastWords(reviews.Where(review => rule.Counts(review) && SameCode(review.Statement.Algorithm, algorithm)));
        if (words.Where(review => review.Statement.Verdict != ReviewVerdict.Approved).ToList() is { Count: > 0 } against)
            return new ReviewOutcome.Rejected(against);
        var approvals = words.Where(review => at < review.Statement.NotAfter).ToList();
        var organizations = Math.Max(0, rule.FromOrganizations - approvals.Select(review => review.Organization).Distinct().Count());
        var people = Math.Max(organizations, rule.AtLeast - approvals.Count);
        return people == 0 ? new ReviewOutcome.Approved(approvals) : new ReviewOutcome.Waiting(approvals, people, organizations);
    }

    /// <summary>
    /// A person's newest word is the one that holds. If somebody signed two words with one number, the one against the code
    /// does: they can mend it with a third.
    /// </summary>
    private static List<Review> LastWords(IEnumerable<Review> reviews) =>
        [.. reviews.GroupBy(review => (review.Organization, review.Reviewer))
            .Select(words => words.OrderByDescending(word => word.Statement.Serial)
                .ThenByDescending(word => word.Statement.Verdict)
                .ThenBy(word => word.Statement.NotAfter)
                .ThenBy(word => word.OfJws.ToString(), StringComparer.Ordinal).First())
            .OrderBy(word => word.Organization.Value).ThenBy(word => word.Reviewer.Value)];

    /// <summary>The digest is the code; where it lies is not.</summary>
    private static bool SameCode(AlgorithmRef reviewed, AlgorithmRef asked) => reviewed.Kind == asked.Kind && reviewed.Digest == asked.Digest;
}
