using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Protocol.Reviews;

/// <summary>Somebody puts code before a collaboration's reviewers, and says what it is.</summary>
public sealed record SubmissionStatement
{
    public const string JwsType = "vantage-submission+jws";
    public const int LongestNote = 4000;
    public const int LongestDescription = 256 * 1024;

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    public required SubmissionId Id { get; init; }

    public required CollaborationId Collaboration { get; init; }

    /// <summary>The code, by its digest.</summary>
    public required AlgorithmRef Algorithm { get; init; }

    /// <summary>
    /// What the code says of itself: its label <c>org.vantage.algorithm</c>, character for character. Reviewers compare it with
    /// the code; until then it is believed only as far as the submitter is.
    /// </summary>
    public required string Description { get; init; }

    /// <summary>For people: where the sources are, what is new.</summary>
    public required string Note { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
}
