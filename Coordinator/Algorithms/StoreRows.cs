namespace Vantage.Coordinator.Algorithms;

internal sealed class SubmissionRow
{
    public Guid Id { get; init; }

    public Guid CollaborationId { get; init; }

    /// <summary>The submitter's.</summary>
    public Guid OrganizationId { get; init; }

    public Guid AccountId { get; init; }

    public required string Algorithm { get; init; }

    public required string Digest { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>As it was signed.</summary>
    public required string Statement { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }
}

/// <summary>A reviewer's newest word about a submission.</summary>
internal sealed class ReviewRow
{
    public Guid SubmissionId { get; init; }

    public Guid CollaborationId { get; init; }

    /// <summary>The reviewer's.</summary>
    public Guid OrganizationId { get; init; }

    public Guid AccountId { get; init; }

    public required string Digest { get; init; }

    public long Serial { get; set; }

    public required string Statement { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class StoreRuleRow
{
    public Guid CollaborationId { get; init; }

    public Guid OrganizationId { get; init; }

    public int AtLeast { get; set; }

    public int FromOrganizations { get; set; }

    public required Guid[] Accepts { get; set; }
}
