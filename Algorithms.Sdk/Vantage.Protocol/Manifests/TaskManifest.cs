using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Manifests;

/// <summary>
/// Manifest v1: everything a person asks, signed as exact bytes (JWS, <see cref="JwsType"/>).
/// It is the only source of fields: the Coordinator stores what it says, nodes run what it says, receipts name its digest.
/// </summary>
public sealed record TaskManifest
{
    public const string JwsType = "vantage-manifest+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    public required TaskId Task { get; init; }

    /// <summary>The rounds of one question share a job.</summary>
    public required JobId Job { get; init; }

    public required CollaborationId Collaboration { get; init; }

    /// <summary>Set when the question goes to a study's organizations only.</summary>
    public StudyId? Study { get; init; }

    public required TaskType Type { get; init; }

    public required AlgorithmRef Algorithm { get; init; }

    public required string Function { get; init; }

    /// <summary>One run each. Order carries no meaning.</summary>
    public required IReadOnlyList<ManifestTarget> Targets { get; init; }

    public required IReadOnlyList<DataRef> Data { get; init; }

    /// <summary>The session whose frames are used.</summary>
    public string? Session { get; init; }

    public required ResourceRequest Resources { get; init; }

    /// <summary>Who may read results: results are sealed to exactly these keys.</summary>
    public required IReadOnlyList<ManifestRecipient> Recipients { get; init; }

    /// <summary>What happens to a run whose node goes silent.</summary>
    public required LostNodePolicy LostNode { get; init; }

    public string? Purpose { get; init; }

    public string? ProjectCode { get; init; }

    public Delegation? Delegation { get; init; }

    public ManifestParent? Parent { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>No run outlives this instant, whoever is reachable.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>16 random bytes, base64url: two equal questions differ.</summary>
    public required string Nonce { get; init; }
}
