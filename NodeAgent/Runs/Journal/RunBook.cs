using System.Collections.Immutable;
using Vantage.NodeAgent.Approvals;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Runs.Journal;

/// <summary>The journal's meaning: a fold over its records. Pure; any record twice equals once.</summary>
internal sealed record RunBook(ImmutableDictionary<RunId, RunEntry> Entries, NodeMode Mode, long NextOrder)
{
    public static RunBook Empty { get; } = new(ImmutableDictionary<RunId, RunEntry>.Empty, NodeMode.Active, 0);

    /// <summary>
    /// Those that are claimed or sealed: few, whatever a node remembers. What is asked many times a second is asked of these.
    /// </summary>
    public ImmutableDictionary<RunId, RunEntry> Live { get; private init; } = Entries.Where(known => IsLive(known.Value)).ToImmutableDictionary();

    public RunEntry? this[RunId run] => Entries.GetValueOrDefault(run);

    public RunBook Apply(JournalRecord happened) => happened switch
    {
        JournalRecord.ModeSet set => this with { Mode = set.Mode },
        JournalRecord.Forgotten gone => this with { Entries = Entries.Remove(gone.Run), Live = Live.Remove(gone.Run) },
        JournalRecord.Claimed claimed => Put(Claim(this[claimed.Run], claimed)) with { NextOrder = NextOrder + 1 },
        JournalRecord.Asked asked when this[asked.Run] is { Stage: RunStage.Claimed } entry && entry.WorkEpoch == asked.Epoch =>
            Move(entry, asked.Gate, new ApprovalEvent.Ask(new Approval(
                asked.Gate, asked.Epoch, asked.Subject, asked.Policy, asked.Rule, asked.At, asked.Until)), asked.At),
        JournalRecord.Answered said when this[said.Run] is { Stage: RunStage.Claimed } entry =>
            Move(entry, said.Gate, said.Word == ApprovalWord.Expired
                ? new ApprovalEvent.Tick()
                : new ApprovalEvent.Answer(said.Subject, new ApprovalAnswer(said.Word, said.At, said.By, said.Note)), said.At),
        JournalRecord.Sealed end when this[end.Run] is { Stage: RunStage.Claimed } entry && entry.WorkEpoch == end.Epoch =>
            Put(entry with
            {
                Stage = RunStage.Sealed, Outcome = end.Outcome, Code = end.Code, Payloads = end.Payloads, Receipt = end.Receipt,
            }),
        JournalRecord.Acknowledged said when this[said.Run] is { Stage: RunStage.Sealed } entry && entry.Epoch == said.Epoch =>
            Put(entry with { Stage = RunStage.Acknowledged, Acknowledgement = said.Outcome, AcknowledgedAt = said.At, Ended = said.Ended }),
        JournalRecord.Dropped drop when this[drop.Run] is { Stage: RunStage.Claimed } entry && entry.Epoch == drop.Epoch =>
            Put(entry with { Stage = RunStage.Dropped, Cause = drop.Cause }),
        JournalRecord.Swept swept when this[swept.Run] is { Stage: not RunStage.Claimed } entry && entry.Epoch == swept.Epoch =>
            Put(entry with { Swept = true }),
        _ => this,
    };

    /// <summary>The shortest journal that means this book.</summary>
    public IEnumerable<JournalRecord> Snapshot()
    {
        if (Mode != NodeMode.Active)
        {
            yield return new JournalRecord.ModeSet(Mode);
        }

        foreach (var entry in Entries.Values.OrderBy(entry => entry.Order))
        {
            foreach (var approval in entry.Approvals.OrderBy(approval => approval.Epoch).ThenBy(approval => approval.Gate))
            {
                yield return Claimed(entry, approval.Epoch);
                foreach (var record in Records(entry, approval))
                {
                    yield return record;
                }
            }

            yield return Claimed(entry, entry.WorkEpoch);
            if (entry.Outcome is { } outcome)
            {
                yield return new JournalRecord.Sealed(entry.Run, entry.WorkEpoch, outcome, entry.Code, entry.Payloads, entry.Receipt);
            }

            if (entry.Epoch != entry.WorkEpoch)
            {
                yield return Claimed(entry, entry.Epoch);
            }

            if (entry is { Stage: RunStage.Acknowledged, Acknowledgement: { } said, AcknowledgedAt: { } at })
            {
                yield return new JournalRecord.Acknowledged(entry.Run, entry.Epoch, said, at, entry.Ended);
            }

            if (entry is { Stage: RunStage.Dropped, Cause: { } cause })
            {
                yield return new JournalRecord.Dropped(entry.Run, entry.Epoch, cause);
            }

            if (entry.Swept)
            {
                yield return new JournalRecord.Swept(entry.Run, entry.Epoch);
            }
        }
    }

    /// <summary>How many other tasks of the same delegation came to this node before this run's.</summary>
    public int EarlierSiblings(RunId run) => this[run] is { Parent: { } parent } entry
        ? Entries.Values.Where(other => other.Parent == parent && other.Task != entry.Task && other.Order < entry.Order)
            .Select(other => other.Task).Distinct().Count()
        : 0;

    /// <summary>
    /// A later epoch of unfinished work begins it anew; of finished work it only says for which epoch to deliver it. An
    /// epoch that is not later changes nothing.
    /// </summary>
    private RunEntry Claim(RunEntry? known, JournalRecord.Claimed claimed) => known switch
    {
        null => Begin(claimed, NextOrder),
        _ when claimed.Epoch <= known.Epoch => known,
        { Outcome: not null } => known with
        {
            Epoch = claimed.Epoch,
            Claim = claimed.Claim,
            Stage = RunStage.Sealed,
            Acknowledgement = null,
            AcknowledgedAt = null,
            Ended = null,
        },
        // What was answered stays answered, for whatever it was about; what was open is asked anew.
        _ => Begin(claimed, known.Order) with { BeforeRun = Answered(known.BeforeRun), BeforeRelease = Answered(known.BeforeRelease) },
    };

    private static Approval? Answered(Approval? approval) => approval is { IsOpen: false } ? approval : null;

    private RunBook Move(RunEntry entry, ApprovalGate gate, ApprovalEvent happened, DateTimeOffset at) =>
        ApprovalLifecycle.Next(gate == ApprovalGate.BeforeRun ? entry.BeforeRun : entry.BeforeRelease, happened, at) is ApprovalTransition.Moved { State: var state }
            ? Put(gate == ApprovalGate.BeforeRun ? entry with { BeforeRun = state } : entry with { BeforeRelease = state })
            : this;

    private static IEnumerable<JournalRecord> Records(RunEntry entry, Approval approval)
    {
        yield return new JournalRecord.Asked(
            entry.Run, approval.Epoch, approval.Gate, approval.Subject, approval.Policy, approval.Rule, approval.Since, approval.Until);
        if (approval.Answer is { } answer)
        {
            yield return new JournalRecord.Answered(entry.Run, approval.Gate, approval.Subject, answer.Word, answer.At, answer.By, answer.Note);
        }
    }

    private static RunEntry Begin(JournalRecord.Claimed claimed, long order) =>
        new(claimed.Run, claimed.Epoch, claimed.Epoch, claimed.Task, claimed.NotAfter, claimed.LostNode, RunStage.Claimed)
        {
            Order = order,
            KeepUntil = claimed.KeepUntil,
            Parent = claimed.Parent,
            Delegates = claimed.Delegates,
            Claim = claimed.Claim,
        };

    private static JournalRecord.Claimed Claimed(RunEntry entry, long epoch) =>
        new(entry.Run, epoch, entry.Task, entry.NotAfter, entry.LostNode, entry.KeepUntil, entry.Parent, entry.Delegates, entry.Claim);

    private RunBook Put(RunEntry entry) => this with
    {
        Entries = Entries.SetItem(entry.Run, entry),
        Live = IsLive(entry) ? Live.SetItem(entry.Run, entry) : Live.Remove(entry.Run),
    };

    private static bool IsLive(RunEntry entry) => entry.Stage is RunStage.Claimed or RunStage.Sealed;
}
