namespace Vantage.Coordinator.Accounts.Devices;

internal sealed class DeviceRow
{
    public Guid AccountId { get; init; }

    /// <summary>Its key id.</summary>
    public required byte[] SigningKey { get; init; }

    public Guid OrganizationId { get; init; }

    public string? Name { get; set; }

    /// <summary>DER.</summary>
    public required byte[] SigningCertificate { get; set; }

    /// <summary>DER.</summary>
    public required byte[] EncryptionCertificate { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
