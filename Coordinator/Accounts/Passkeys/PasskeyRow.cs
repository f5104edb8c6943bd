using Microsoft.AspNetCore.Identity;

namespace Vantage.Coordinator.Accounts.Passkeys;

internal sealed class PasskeyRow
{
    /// <summary>The credential's.</summary>
    public required byte[] Id { get; init; }

    public Guid AccountId { get; init; }

    public Guid? OrganizationId { get; init; }

    public required string Name { get; set; }

    /// <summary>COSE.</summary>
    public required byte[] PublicKey { get; init; }

    public long SignCount { get; set; }

    public required string[] Transports { get; init; }

    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; set; }

    public required byte[] AttestationObject { get; init; }

    public required byte[] ClientDataJson { get; init; }

    public DateTimeOffset AddedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public UserPasskeyInfo ToInfo() => new(Id, PublicKey, AddedAt, checked((uint)SignCount), Transports, isUserVerified: true,
        IsBackupEligible, IsBackedUp, AttestationObject, ClientDataJson) { Name = Name };
}
