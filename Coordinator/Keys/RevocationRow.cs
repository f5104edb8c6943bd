namespace Vantage.Coordinator.Keys;

internal sealed class RevocationRow
{
    public Guid OrganizationId { get; init; }

    public long Serial { get; set; }

    public DateTimeOffset NotAfter { get; set; }

    /// <summary>JWS.</summary>
    public required string Statement { get; set; }

    public long Mark { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
