namespace Vantage.Coordinator.Collaborations;

internal sealed class CollaborationRow
{
    public Guid Id { get; init; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class MemberRow
{
    public Guid CollaborationId { get; init; }

    public Guid OrganizationId { get; init; }
}

internal sealed class StudyRow
{
    public Guid Id { get; init; }

    public Guid CollaborationId { get; init; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The database lets only members of the study's own collaboration in.</summary>
internal sealed class StudyMemberRow
{
    public Guid StudyId { get; init; }

    public Guid CollaborationId { get; init; }

    public Guid OrganizationId { get; init; }
}
