namespace Vantage.Coordinator.Accounts.Tokens;

internal sealed class TokenRow
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public Guid? OrganizationId { get; init; }

    /// <summary>SHA-256 of the whole token.</summary>
    public required byte[] Hash { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Networks as <see cref="System.Net.IPNetwork"/> writes them. Null: from anywhere.</summary>
    public string[]? AllowedFrom { get; init; }

    /// <summary>Rules such as <c>task.view@organization</c>. Null: all that the owner may.</summary>
    public string[]? Scopes { get; init; }

    public Guid? ReplacedBy { get; init; }
}
