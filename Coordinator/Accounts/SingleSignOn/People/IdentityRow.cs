namespace Vantage.Coordinator.Accounts.SingleSignOn.People;

/// <summary>Somebody at a provider, and the account that they sign in to here.</summary>
internal sealed class IdentityRow
{
    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public Guid AccountId { get; init; }

    public Guid? OrganizationId { get; init; }

    /// <summary>A program that shows access tokens, rather than a person in a browser. Neither gets in as the other.</summary>
    public bool IsService { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
