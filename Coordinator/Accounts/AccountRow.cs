namespace Vantage.Coordinator.Accounts;

internal sealed class AccountRow
{
    public Guid Id { get; init; }

    /// <summary>Never changes; the database grants nobody to.</summary>
    public Guid? OrganizationId { get; init; }

    public required string Name { get; set; }

    public string? Email { get; set; }

    public required string[] Roles { get; set; }

    /// <summary>Its tokens and sessions open nothing while this is set.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
