namespace Vantage.Coordinator.Dictionaries;

internal sealed class DictionaryRow
{
    public Guid CollaborationId { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>The publisher's.</summary>
    public Guid OrganizationId { get; init; }

    public Guid AccountId { get; init; }

    public required string Digest { get; init; }

    /// <summary>As it was signed.</summary>
    public required string Statement { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
