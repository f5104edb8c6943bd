namespace Vantage.Protocol.Reviews;

/// <summary>What the reviews of one piece of code come to, by one rule.</summary>
public abstract record ReviewOutcome
{
    private ReviewOutcome()
    {
    }

    /// <param name="By">Whose approvals count, each person once.</param>
    public sealed record Approved(IReadOnlyList<Review> By) : ReviewOutcome;

    /// <param name="By">Approvals so far.</param>
    /// <param name="Reviewers">How many more people have to approve, at the least.</param>
    /// <param name="Organizations">How many further organizations they have to come from.</param>
    public sealed record Waiting(IReadOnlyList<Review> By, int Reviewers, int Organizations) : ReviewOutcome;

    /// <param name="By">Who said no, or took an approval back: one is enough.</param>
    public sealed record Rejected(IReadOnlyList<Review> By) : ReviewOutcome;
}
