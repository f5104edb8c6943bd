namespace Vantage.Coordinator.Accounts.Recovery;

internal sealed class CodeRow
{
    public required byte[] Hash { get; init; }

    public Guid AccountId { get; init; }

    public Guid? OrganizationId { get; init; }

    public required string Purpose { get; init; }

    public string? Email { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
