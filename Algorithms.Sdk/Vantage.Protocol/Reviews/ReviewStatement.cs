using Vantage.Protocol.Manifests;

namespace Vantage.Protocol.Reviews;

/// <summary>
/// One reviewer's word about exactly one piece of code, signed with their own key. It holds wherever somebody trusts the
/// reviewer; no store adds anything to it.
/// </summary>
public sealed record ReviewStatement
{
    public const string JwsType = "vantage-review+jws";
    public const int LongestComment = 4000;

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    /// <summary>The code, by its digest.</summary>
    public required AlgorithmRef Algorithm { get; init; }

    public required ReviewVerdict Verdict { get; init; }

    /// <summary>Grows with each word of this reviewer about this code; an older one is nothing once a newer was seen.</summary>
    public required long Serial { get; init; }

    /// <summary>For people: what was looked at, what was found. May be empty for an approval.</summary>
    public required string Comment { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>
    /// When an approval ends by itself: whoever holds back a later word gains no more than this time. What is not an approval
    /// never ends.
    /// </summary>
    public required DateTimeOffset NotAfter { get; init; }
}
