using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Store;

/// <summary>The end of one epoch, its receipt checked.</summary>
/// <param name="Code">The node's stable code, for every outcome but success.</param>
/// <param name="Receipt">The outer receipt as the node signed it.</param>
internal sealed record RunCommit(
    WorkingNode Caller,
    RunId Run,
    TaskKey Task,
    long Epoch,
    RunOutcome Outcome,
    string? Code,
    string Receipt,
    IReadOnlyList<StoredPayload> Payloads)
{
    public Digest ReceiptDigest { get; } = Digest.OfText(Receipt);
}

/// <param name="Inline">Null when the bytes lie in the blob store.</param>
internal sealed record StoredPayload(PayloadKind Kind, Digest Digest, long Size, byte[]? Inline);

/// <param name="Refusal">Why it did not end the run, in the words of the run table.</param>
/// <param name="Settled">How the task settled, if this was its last run.</param>
internal sealed record CommitAnswer(
    CommitOutcome Outcome,
    RunOutcome? Ended = null,
    RunRefusal? Refusal = null,
    TaskOutcome? Settled = null,
    IReadOnlyList<Digest>? Missing = null);
