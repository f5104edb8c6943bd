using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Federation;

/// <summary>What every round of a <see cref="WireFederation"/> has in common.</summary>
public sealed record WireFederationOptions
{
    public required CollaborationId Collaboration { get; init; }

    public StudyId? Study { get; init; }

    /// <summary>Exactly these organizations; null for every member with a certified node.</summary>
    public IReadOnlyList<OrganizationId>? Organizations { get; init; }

    /// <summary>Which data, named as the nodes name them.</summary>
    public required IReadOnlyList<DataRef> Data { get; init; }

    public ResourceRequest Resources { get; init; } = new();

    public LostNodePolicy LostNode { get; init; } = LostNodePolicy.Wait;

    public string? Purpose { get; init; }

    public string? ProjectCode { get; init; }

    /// <summary>No round outlives it.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Which code an algorithm's name means; null: the catalogue in the client's home.</summary>
    public Func<string, AlgorithmRef>? Resolve { get; init; }
}
