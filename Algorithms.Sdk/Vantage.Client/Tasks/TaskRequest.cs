using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Tasks;

/// <summary>What a person wants to ask. Everything else of the manifest follows from it.</summary>
public sealed record TaskRequest
{
    /// <summary>Who is asked.</summary>
    public required CollaborationId Collaboration { get; init; }

    /// <summary>Asks the study's organizations only.</summary>
    public StudyId? Study { get; init; }

    /// <summary>Exactly these organizations. Null: every member that has a certified node.</summary>
    public IReadOnlyList<OrganizationId>? Organizations { get; init; }

    /// <summary>Exactly these nodes, where an organization has several. Null: an online one, by preference.</summary>
    public IReadOnlyList<NodeId>? Nodes { get; init; }

    /// <summary>The question that this task is a round of. Null: a question of its own.</summary>
    public JobId? Job { get; init; }

    /// <summary>Exactly which code; see <see cref="VantageClient.Algorithm"/> for names.</summary>
    public required AlgorithmRef Algorithm { get; init; }

    /// <summary>Which of its functions.</summary>
    public required string Function { get; init; }

    /// <summary>The function's arguments, one JSON value in UTF-8; sealed to each node.</summary>
    public required ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>Which data, named as the nodes name them.</summary>
    public IReadOnlyList<DataRef> Data { get; init; } = [];

    /// <summary>The session whose frames the run may use.</summary>
    public string? Session { get; init; }

    /// <summary>
    /// Lets the one node that is asked run a central function, which asks others in the person's name within these bounds.
    /// Needs exactly one target and <see cref="Data"/> empty: what the sites compute on stands in the delegation.
    /// </summary>
    public DelegationRequest? Delegation { get; init; }

    /// <summary>What a run may take at a site: MiB, seconds.</summary>
    public ResourceRequest Resources { get; init; } = new();

    /// <summary>What becomes of a run whose node goes silent.</summary>
    public LostNodePolicy LostNode { get; init; } = LostNodePolicy.Wait;

    /// <summary>Why it is asked, for the nodes' policies and their people. Seen by the Coordinator.</summary>
    public string? Purpose { get; init; }

    /// <summary>Seen by the Coordinator.</summary>
    public string? ProjectCode { get; init; }

    /// <summary>
    /// Who may read the results besides the asker. Nodes check their certificates against their own pins.
    /// </summary>
    public IReadOnlyList<ManifestRecipient> FurtherRecipients { get; init; } = [];

    /// <summary>Not earlier than this; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>No run outlives it. At most 400 days.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Who could be asked, as the Coordinator said a moment ago: a round of many need not ask each time. What is said of keys is
    /// checked against the pins either way.
    /// </summary>
    internal KnownCircle? Circle { get; init; }
}
