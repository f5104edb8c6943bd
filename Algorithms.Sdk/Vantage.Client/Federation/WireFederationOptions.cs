using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Federation;

/// <summary>What every round of a <see cref="WireFederation"/> has in common.</summary>
public sealed record WireFederationOptions
{
    /// <summary>Who is asked.</summary>
    public required CollaborationId Collaboration { get; init; }

    /// <summary>Ask the study's organizations only.</summary>
    public StudyId? Study { get; init; }

    /// <summary>Exactly these organizations; null for every member with a certified node.</summary>
    public IReadOnlyList<OrganizationId>? Organizations { get; init; }

    /// <summary>Which data, named as the nodes name them.</summary>
    public required IReadOnlyList<DataRef> Data { get; init; }

    /// <summary>The session whose frames are named among the data; null where none is.</summary>
    public string? Session { get; init; }

    /// <summary>What a run may take at a site: MiB, seconds.</summary>
    public ResourceRequest Resources { get; init; } = new();

    /// <summary>What becomes of a run whose node goes silent.</summary>
    public LostNodePolicy LostNode { get; init; } = LostNodePolicy.Wait;

    /// <summary>Why you ask, for the sites' policies and people.</summary>
    public string? Purpose { get; init; }

    /// <summary>A code that the sites' policies may ask for.</summary>
    public string? ProjectCode { get; init; }

    /// <summary>No round outlives it.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// A statistic over fewer sites is welcome, said before anybody is asked: for who leaves out sites on purpose
    /// (<see cref="Asking.Question"/>). The federation itself leaves out nobody.
    /// </summary>
    public bool AcceptMissing { get; init; }

    /// <summary>How the federation guards results, as answers repeat it; null where that is not known.</summary>
    public string? Disclosure { get; init; }

    /// <summary>Which code an algorithm's name means; null: the catalogue in the client's home.</summary>
    public Func<string, AlgorithmRef>? Resolve { get; init; }
}
