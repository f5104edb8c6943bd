using System.Text.Json.Serialization;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Protocol.Receipts;

/// <summary>
/// A node's signed word, in the clear, on how a run ended. It says nothing about data: what does is in the
/// <see cref="InnerReceipt"/>, inside the envelope.
/// </summary>
public sealed record OuterReceipt
{
    public const string JwsType = "vantage-receipt+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    public required TaskId Task { get; init; }

    public required RunId Run { get; init; }

    public required long Epoch { get; init; }

    public required NodeId Node { get; init; }

    [JsonConverter(typeof(ExactEnumJsonConverter<RunOutcome>))]
    public required RunOutcome Outcome { get; init; }

    /// <summary>A stable code for an outcome other than success.</summary>
    public string? Code { get; init; }

    /// <summary>The digest of the signed manifest that was followed.</summary>
    public required Digest Manifest { get; init; }

    public required AlgorithmRef Algorithm { get; init; }

    /// <summary>The envelopes committed with it; each kind at most once.</summary>
    public required IReadOnlyList<ReceiptPayload> Payloads { get; init; }

    /// <summary>The digest of the inner receipt's bytes; absent if there is neither a result nor an error payload.</summary>
    public Digest? Inner { get; init; }
}

/// <param name="Kind">Result, error or log.</param>
/// <param name="Digest">Of the whole envelope.</param>
/// <param name="Size">Of the whole envelope, in bytes.</param>
public sealed record ReceiptPayload(PayloadKind Kind, Digest Digest, long Size);
