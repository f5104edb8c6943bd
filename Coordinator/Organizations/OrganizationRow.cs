namespace Vantage.Coordinator.Organizations;

internal sealed class OrganizationRow
{
    public Guid Id { get; init; }

    public required string Name { get; set; }

    public string? Country { get; set; }

    /// <summary>DER.</summary>
    public byte[]? Root { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
