using System.Text.Json.Serialization;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Protocol.Hub;

/// <param name="Max">How many runs the node has room for now.</param>
public sealed record ClaimRequest(int Max);

public sealed record ClaimReply(IReadOnlyList<ClaimedRun> Runs);

/// <summary>A run handed to this node, with all it needs to judge and do it.</summary>
/// <param name="Manifest">The signed manifest as the client sent it, byte for byte.</param>
/// <param name="ParentManifest">The signed manifest whose delegation this one uses.</param>
/// <param name="Input">The sealed arguments when they are small; else fetch <c>GET /api/v1/runs/{run}/payloads/input</c>.</param>
public sealed record ClaimedRun(
    RunId Run,
    TaskId Task,
    long Epoch,
    string Manifest,
    string? ParentManifest,
    byte[]? Input);

/// <summary>The end of one epoch of a run.</summary>
/// <param name="Receipt">The outer receipt, signed by this node. Outcome, code and payload digests are read from it.</param>
public sealed record CommitRequest(RunId Run, long Epoch, string Receipt, IReadOnlyList<CommitPayload> Payloads);

/// <summary>One sealed payload of a commit: small ones inline, others uploaded before.</summary>
public sealed record CommitPayload(PayloadKind Kind, Digest Digest, long Size, byte[]? Inline, UploadId? Upload);

/// <summary>What became of a commit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CommitOutcome>))]
public enum CommitOutcome
{
    /// <summary>The run ended by this commit. Sweep.</summary>
    Committed,

    /// <summary>This very commit arrived before. Sweep.</summary>
    AlreadyCommitted,

    /// <summary>The run belongs to another epoch, or ended otherwise. Kept for audit; sweep.</summary>
    Superseded,

    /// <summary>An uploaded payload is not here, or not whole: upload it again, then commit again.</summary>
    PayloadMissing,

    /// <summary>The receipt does not fit the run; see the detail. Committing it again changes nothing.</summary>
    Invalid,
}

/// <param name="Ended">How the run ended, as far as it has.</param>
/// <param name="Missing">For <see cref="CommitOutcome.PayloadMissing"/>: which.</param>
public sealed record CommitReply(
    CommitOutcome Outcome,
    RunOutcome? Ended = null,
    IReadOnlyList<Digest>? Missing = null,
    string? Detail = null);
