using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Reviews;

/// <summary>Whose reviews count for somebody, and how many of them it takes.</summary>
public sealed record ReviewRule
{
    /// <summary>Reviewers that these organizations certified count. Others are not even heard.</summary>
    public required IReadOnlySet<OrganizationId> Organizations { get; init; }

    /// <summary>And, if this is not null, only these of them.</summary>
    public IReadOnlySet<UserId>? Reviewers { get; init; }

    /// <summary>So many different people have to approve.</summary>
    public int AtLeast { get; init; } = 1;

    /// <summary>And they have to come from so many different organizations.</summary>
    public int FromOrganizations { get; init; } = 1;

    /// <summary>Whether anybody could ever meet it.</summary>
    public bool CanBeMet =>
        FromOrganizations >= 1 && AtLeast >= FromOrganizations && FromOrganizations <= Organizations.Count
        && (Reviewers is null || AtLeast <= Reviewers.Count);

    public bool Counts(Review review) =>
        Organizations.Contains(review.Organization) && (Reviewers is null || Reviewers.Contains(review.Reviewer));
}
