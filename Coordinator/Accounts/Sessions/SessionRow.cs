namespace Vantage.Coordinator.Accounts.Sessions;

internal sealed class SessionRow
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public Guid? OrganizationId { get; init; }

    /// <summary>SHA-256 of the whole secret.</summary>
    public required byte[] Hash { get; init; }

    public required string Method { get; init; }

    public required string Form { get; init; }

    public string? Agent { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset AuthenticatedAt { get; set; }

    public DateTimeOffset LastUsedAt { get; init; }

    public TimeSpan Idle { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
