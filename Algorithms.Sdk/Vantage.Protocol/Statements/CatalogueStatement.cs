using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Protocol.Statements;

/// <summary>Names for reviewed algorithms: the client resolves a name to a reference with it before it signs.</summary>
public sealed record CatalogueStatement
{
    public const string JwsType = "vantage-catalogue+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    /// <summary>The organization that stands behind it.</summary>
    public required OrganizationId Issuer { get; init; }

    /// <summary>Grows with each statement; an older one is refused once a newer was seen.</summary>
    public required long Serial { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required IReadOnlyList<CatalogueAlgorithm> Algorithms { get; init; }
}

/// <param name="Name">Such as <c>summary</c>.</param>
/// <param name="Version">Such as <c>1.0.0</c>.</param>
/// <param name="Ref">Exactly which code.</param>
/// <param name="Title">For people.</param>
/// <param name="Functions">What can be asked of it.</param>
public sealed record CatalogueAlgorithm(
    string Name, string Version, AlgorithmRef Ref, string Title, IReadOnlyList<string> Functions);
