namespace Vantage.Coordinator.Nodes;

internal sealed class NodeRow
{
    public Guid Id { get; init; }

    public Guid OrganizationId { get; init; }

    public required string Name { get; set; }

    /// <summary>PKCS#10, DER.</summary>
    public byte[]? SigningRequest { get; set; }

    public byte[]? EncryptionRequest { get; set; }

    /// <summary>DER, by the organization's root.</summary>
    public byte[]? SigningCertificate { get; set; }

    public byte[]? EncryptionCertificate { get; set; }

    /// <summary>PKCS#10, DER: of the keys that the node wants to change to.</summary>
    public byte[]? NextSigningRequest { get; set; }

    public byte[]? NextEncryptionRequest { get; set; }

    /// <summary>DER: of before the last change of keys.</summary>
    public byte[]? FormerSigningCertificate { get; set; }

    public byte[]? FormerEncryptionCertificate { get; set; }

    /// <summary>Until the node has signed in with its new key.</summary>
    public bool FormerSignsIn { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public string Mode { get; init; } = nameof(Protocol.Hub.NodeMode.Active);

    public DateTimeOffset? LeaseUntil { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public string? AgentVersion { get; init; }
}

/// <summary>A one-time code that was given out for a node.</summary>
internal sealed class EnrolmentRow
{
    public Guid NodeId { get; init; }

    public Guid OrganizationId { get; init; }

    public required byte[] CodeHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}
