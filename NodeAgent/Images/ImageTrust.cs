using Vantage.NodeAgent.Images.Reviews;

namespace Vantage.NodeAgent.Images;

/// <summary>Whose word counts for a request: what the deciding rule of the policy says.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Publishers">One of those that the rule names has to have signed it; none is nobody, unless reviewers answer for it.</param>
/// <param name="Reviewers">Each of these groups has to have approved it.</param>
internal sealed record ImageTrust(string Rule, IReadOnlyList<Publisher> Publishers, IReadOnlyList<ReviewerGroup> Reviewers)
{
    /// <summary>Reviewers alone answer for it: what they approved is bound to its digest.</summary>
    public bool IsByReviewersAlone => Publishers.Count == 0 && Reviewers.Count > 0;
}
