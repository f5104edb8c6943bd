using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Tasks;

/// <summary>
/// What a central function may ask of other nodes in the person's name. It is part of what the person signs: the
/// delegate's node can't go beyond it, and every site checks that it did not. The algorithm is that of the request, and
/// the delegation ends with its lifetime.
/// </summary>
public sealed record DelegationRequest
{
    /// <summary>The functions that may run at the sites.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

    /// <summary>Exactly these organizations. Null: every member that has a certified node.</summary>
    public IReadOnlyList<OrganizationId>? Organizations { get; init; }

    /// <summary>Which data the sites compute on, named as they name them.</summary>
    public required IReadOnlyList<DataRef> Data { get; init; }

    /// <summary>How many tasks (rounds) may be asked, 1 to 100 000.</summary>
    public int MaxTasks { get; init; } = 1000;
}
