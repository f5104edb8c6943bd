namespace Vantage.Coordinator.Accounts;

internal sealed class TokenRow
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public Guid? OrganizationId { get; init; }

    /// <summary>SHA-256 of the whole token.</summary>
    public required byte[] Hash { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
