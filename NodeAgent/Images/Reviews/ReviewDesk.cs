using Vantage.Protocol.Identities;
using Vantage.Protocol.Images;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Reviews;

namespace Vantage.NodeAgent.Images.Reviews;

/// <summary>
/// Says whether the reviewers of a rule let code run: by their own signatures, believed as far as the roots pinned here go,
/// and by the newest word that each of them is known to have said. Without an answer nothing runs.
/// </summary>
internal sealed partial class ReviewDesk(
    IReviewLine line, ReviewMemory memory, ITrust trust, TimeProvider time, ILogger<ReviewDesk> logger)
{
    /// <summary>More than so many reviews of one piece of code are not looked at: nobody has so many reviewers.</summary>
    private const int Most = 500;

    /// <summary>Whose approvals let it run, each person once. Throws <see cref="ImageException"/>.</summary>
    public async Task<IReadOnlyList<Review>> RequireAsync(AlgorithmRef algorithm, ImageTrust asked, CancellationToken cancellationToken)
    {
        var heard = Believed((await line.OfAsync(algorithm, cancellationToken)).Take(Most));
        var all = Believed(memory.Remember(algorithm.Digest, heard.Where(word => IsAbout(word.Review, algorithm)
            && asked.Reviewers.Any(group => group.Rule.Counts(word.Review))))).ConvertAll(word => word.Review);
        return [.. asked.Reviewers.SelectMany(group => Require(group, algorithm, asked.Rule, all)).DistinctBy(review => (review.Organization, review.Reviewer))];
    }

    private IReadOnlyList<Review> Require(ReviewerGroup group, AlgorithmRef algorithm, string rule, List<Review> reviews) =>
        ReviewTally.Judge(group.Rule, algorithm, reviews, time.GetUtcNow()) switch
        {
            ReviewOutcome.Approved approved => approved.By,
            ReviewOutcome.Rejected { By: [var first, ..] } => throw new ImageException(ImageFault.ImageRejected,
                $"{first.Name} ({first.Organization}), a reviewer whom rule '{rule}' of this node counts on ('{group.Name}'), said no to"
                + $" {algorithm.Digest}: {first.Statement.Comment}"),
            ReviewOutcome.Waiting waiting => throw new ImageException(ImageFault.ImageUnreviewed,
                $"Rule '{rule}' of this node asks '{group.Name}' to approve {algorithm.Digest}, and {waiting.By.Count} of them have:"
                + $" {waiting.Reviewers} more have to, from {waiting.Organizations} further organizations at the least."
                + " Put it before them with 'vantage store submit'."),
            var other => throw new InvalidOperationException($"No word for {other}."),
        };

    private List<(Review Review, string Jws)> Believed(IEnumerable<string> statements)
    {
        var believed = new List<(Review, string)>();
        foreach (var jws in statements)
        {
            try
            {
                believed.Add((Review.Verify(jws, trust, time.GetUtcNow()), jws));
            }
            catch (TrustException e)
            {
                // A stranger's review, or one by a certificate that has ended, is no review here. It stands against nothing.
                LogIgnored(e.Message);
            }
        }

        return believed;
    }

    private static bool IsAbout(Review review, AlgorithmRef algorithm) => review.Statement.Algorithm.Digest == algorithm.Digest;

    [LoggerMessage(Level = LogLevel.Debug, Message = "A review does not count here: {Why}")]
    private partial void LogIgnored(string why);
}
