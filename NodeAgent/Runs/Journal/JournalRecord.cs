using System.Text.Json.Serialization;
using Vantage.NodeAgent.Approvals;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Runs.Journal;

/// <summary>What happened to a run at this node, durable before anything is done about it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Asked), "asked")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(Sealed), "sealed")]
[JsonDerivedType(typeof(Acknowledged), "acknowledged")]
[JsonDerivedType(typeof(Dropped), "dropped")]
[JsonDerivedType(typeof(Swept), "swept")]
[JsonDerivedType(typeof(Forgotten), "forgotten")]
[JsonDerivedType(typeof(ModeSet), "mode")]
internal abstract record JournalRecord
{
    private JournalRecord() { }

    /// <summary>The Coordinator handed the run over. Its claim lies in the run's folder.</summary>
    /// <param name="Parent">The task whose delegation it uses, to count how much of it is used up.</param>
    /// <param name="Delegates">A central function, which waits for others: it takes no place of those who work beside data.</param>
    /// <param name="KeepUntil">Until when it has to be remembered: <c>notAfter</c>, or the end of the delegation.</param>
    /// <param name="Claim">Of the file with what was handed over; null in journals from before this was noted.</param>
    public sealed record Claimed(
        RunId Run,
        long Epoch,
        TaskId Task,
        DateTimeOffset NotAfter,
        LostNodePolicy LostNode,
        DateTimeOffset KeepUntil,
        TaskId? Parent = null,
        bool Delegates = false,
        Digest? Claim = null) : JournalRecord;

    /// <summary>
    /// The work of this epoch waits for a person's word. What it is about lies in the run's folder; before a release that is
    /// the finished work itself.
    /// </summary>
    /// <param name="Policy">Its version.</param>
    public sealed record Asked(
        RunId Run, long Epoch, ApprovalGate Gate, Digest Subject, string Policy, string Rule, DateTimeOffset At, DateTimeOffset Until)
        : JournalRecord;

    /// <summary>The word, or that time is up. The first one stands.</summary>
    public sealed record Answered(
        RunId Run, ApprovalGate Gate, Digest Subject, ApprovalWord Word, DateTimeOffset At, string? By = null, string? Note = null)
        : JournalRecord;

    /// <summary>The work of this epoch is over: receipt and payloads lie sealed in the run's folder.</summary>
    /// <param name="Receipt">Of the signed receipt; null in journals from before this was noted.</param>
    public sealed record Sealed(
        RunId Run, long Epoch, RunOutcome Outcome, string? Code, IReadOnlyList<SealedFile> Payloads, Digest? Receipt = null) : JournalRecord;

    /// <summary>The Coordinator said what became of the commit; nothing more is to be sent.</summary>
    /// <param name="Ended">How the run has ended, as far as it has: until then it may be offered to this node again.</param>
    public sealed record Acknowledged(
        RunId Run, long Epoch, CommitOutcome Outcome, DateTimeOffset At, RunOutcome? Ended = null) : JournalRecord;

    /// <summary>The work was given up without a result.</summary>
    public sealed record Dropped(RunId Run, long Epoch, DropCause Cause) : JournalRecord;

    /// <summary>Nothing of the run is left on disk but its entry here.</summary>
    public sealed record Swept(RunId Run, long Epoch) : JournalRecord;

    /// <summary>Its manifest has expired, so nobody can ask for it any more.</summary>
    public sealed record Forgotten(RunId Run) : JournalRecord;

    /// <summary>The admin paused or resumed the node.</summary>
    public sealed record ModeSet(NodeMode Mode) : JournalRecord;
}

/// <summary>One sealed payload in the run's folder.</summary>
/// <param name="Upload">Under which id it goes up if it is too large to go inline; the same id after a restart.</param>
internal sealed record SealedFile(PayloadKind Kind, Digest Digest, long Size, UploadId Upload);

[JsonConverter(typeof(JsonStringEnumConverter<DropCause>))]
internal enum DropCause
{
    /// <summary>The Coordinator said to stop: cancelled, or handed to another epoch.</summary>
    Stopped,

    /// <summary>The node lost its lease, and the task's policy gives the run to somebody else or ends it.</summary>
    LeaseLost,

    /// <summary>The manifest's <c>notAfter</c> passed.</summary>
    Expired,

    /// <summary>What was handed over is no manifest: there is nothing to sign a receipt about.</summary>
    Unreadable,
}
