using Vantage.NodeAgent.Approvals;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Runs.Journal;

/// <summary>One handing of a run to this node.</summary>
internal readonly record struct RunKey(RunId Run, long Epoch)
{
    public override string ToString() => $"{Run}-{Epoch}";
}

/// <summary>What is durable of a run. These are crash points; the phases that others see are derived.</summary>
internal enum RunStage
{
    /// <summary>To be worked on, again from the start after a crash.</summary>
    Claimed,

    /// <summary>Worked on, never again; to be delivered.</summary>
    Sealed,

    /// <summary>Delivered, or no longer wanted.</summary>
    Acknowledged,

    /// <summary>Given up. A later epoch may still work on it.</summary>
    Dropped,
}

/// <summary>
/// The replay record of a run: highest epoch, state, what was sealed. Kept until <c>notAfter</c> plus skew, since until
/// then somebody could offer the run again.
/// </summary>
/// <param name="Epoch">The highest epoch handed to this node: what reports and commits carry.</param>
/// <param name="WorkEpoch">The epoch under which the work was or is done: what the receipt and the folder carry.</param>
internal sealed record RunEntry(
    RunId Run,
    long Epoch,
    long WorkEpoch,
    TaskId Task,
    DateTimeOffset NotAfter,
    LostNodePolicy LostNode,
    RunStage Stage)
{
    /// <summary>In which order runs came to this node.</summary>
    public required long Order { get; init; }

    public required DateTimeOffset KeepUntil { get; init; }

    public TaskId? Parent { get; init; }

    /// <summary>Its task delegates: a central function, which mostly waits for other runs, perhaps of this very node.</summary>
    public bool Delegates { get; init; }

    /// <summary>Of the file with what was handed over for <see cref="Key"/>.</summary>
    public Digest? Claim { get; init; }

    public RunOutcome? Outcome { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<SealedFile> Payloads { get; init; } = [];

    /// <summary>Of the signed receipt.</summary>
    public Digest? Receipt { get; init; }

    public CommitOutcome? Acknowledgement { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>How the run has ended at the Coordinator, as far as it said so.</summary>
    public RunOutcome? Ended { get; init; }

    public DropCause? Cause { get; init; }

    /// <summary>Whether files of it may still lie on disk.</summary>
    public bool Swept { get; init; }

    public Approval? BeforeRun { get; init; }

    public Approval? BeforeRelease { get; init; }

    public IEnumerable<Approval> Approvals => new[] { BeforeRun, BeforeRelease }.OfType<Approval>();

    /// <summary>What keeps it from going on, if it is a person.</summary>
    public Approval? Awaiting => Stage == RunStage.Claimed ? Approvals.FirstOrDefault(approval => approval.IsOpen) : null;

    /// <summary>Its work is done and lies in its folder until it may leave. It is never done again for this handing.</summary>
    public bool IsHeld => BeforeRelease?.Epoch == WorkEpoch;

    /// <summary>The handing it is now worked on or delivered for.</summary>
    public RunKey Key => new(Run, Epoch);

    /// <summary>Names the run's folders.</summary>
    public RunKey WorkKey => new(Run, WorkEpoch);
}
