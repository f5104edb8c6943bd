using Vantage.NodeAgent.Approvals.Holding;
using Vantage.NodeAgent.Audit;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Approvals.Desk;

/// <summary>
/// Where a person of the site sees what waits, and answers. An answer is durable before it is acknowledged; whatever it
/// then sets in motion can be killed and goes on.
/// </summary>
internal sealed partial class ApprovalDesk(
    RunDesk desk, RunJournal journal, ApprovalVault vault, ApprovalNames names, ITrail trail, TimeProvider time, ILogger<ApprovalDesk> logger)
{
    public async Task<ApprovalReply> ListAsync(RunId? run, CancellationToken cancellationToken)
    {
        var views = new List<ApprovalView>();
        foreach (var entry in journal.Book.Entries.Values.Where(entry => run is null || entry.Run == run).OrderBy(entry => entry.Order))
        {
            if (entry.Awaiting is { } question)
            {
                views.Add(await ViewAsync(entry, question, cancellationToken));
            }
        }

        return run is not null && views.Count == 0 ? Nothing(run.Value) : new ApprovalReply("", null, views);
    }

    public ApprovalReply Answer(RunId run, Digest? subject, ApprovalAnswer answer)
    {
        if (journal.Book[run] is not { Awaiting: { } question })
        {
            return Nothing(run);
        }

        var about = subject ?? question.Subject;
        if (ApprovalLifecycle.Next(question, new ApprovalEvent.Answer(about, answer), time.GetUtcNow()) is ApprovalTransition.Refused { Reason: var reason })
        {
            return Refused(run, reason);
        }

        if (!desk.Record(new JournalRecord.Answered(run, question.Gate, about, answer.Word, answer.At, answer.By, answer.Note)))
        {
            return new ApprovalReply("The disk did not take it, so nothing was answered; see the node's log.", ApprovalFault.Disk, []);
        }

        Failpoint.Pass("answer.recorded");

        // Time, or an order to stop, may have been first: the journal says which word stands.
        if (journal.Book[run]?.Approvals.FirstOrDefault(a => a.Gate == question.Gate)?.Answer != answer)
        {
            return Refused(run, ApprovalRefusal.AlreadyAnswered);
        }

        trail.Note(RunHappenings.Answer(run, question, answer));
        LogAnswered(run, answer.Word, answer.By ?? "", question.Rule);
        return new ApprovalReply(Done(question, answer), null, []);
    }

    /// <summary>The bytes that would leave, if that is still what waits.</summary>
    public async Task<ApprovalReply> OutputAsync(ApprovalWish wish, Stream into, Func<ApprovalReply, Task> begin, CancellationToken cancellationToken)
    {
        if (wish is not { Run: { } run, Output: { } kind } || journal.Book[run] is not { Awaiting: { Gate: ApprovalGate.BeforeRelease } question } entry)
        {
            return Nothing(wish.Run ?? default);
        }

        if (wish.Subject is { } subject && subject != question.Subject)
        {
            return Refused(run, ApprovalRefusal.OtherSubject);
        }

        await begin(new ApprovalReply("", null, []));
        await vault.TryReadAsync(new RunEntryKey(entry.WorkKey, entry.Task), kind, into, cancellationToken);
        return new ApprovalReply("", null, []);
    }

    private async Task<ApprovalView> ViewAsync(RunEntry entry, Approval question, CancellationToken cancellationToken)
    {
        var held = await vault.FindAsync(new RunEntryKey(entry.WorkKey, entry.Task), cancellationToken);
        var asked = held?.Case.Subject() == question.Subject ? held.Case : null;
        return new ApprovalView(entry.Run, entry.Task, question.Gate, question.Subject, question.Policy, question.Rule, question.Since, question.Until,
            asked, names.Person(entry), names.Organizations(asked));
    }

    private static string Done(Approval question, ApprovalAnswer answer) => (answer.Word, question.Gate) switch
    {
        (ApprovalWord.Approved, ApprovalGate.BeforeRun) => "Approved: it runs as soon as there is room.",
        (ApprovalWord.Approved, _) => "Approved: exactly what was shown is sealed for its recipients and delivered.",
        (_, ApprovalGate.BeforeRun) => "Denied: it is refused, and the asker reads why.",
        _ => "Denied: nothing of it leaves, and the asker reads why.",
    };

    private static ApprovalReply Nothing(RunId run) => new(
        $"Nothing of {run} waits for an answer here: it was answered, its time is over, or it never came here. 'approvals list' has what waits.",
        ApprovalFault.NotWaiting, []);

    private static ApprovalReply Refused(RunId run, ApprovalRefusal reason) => reason switch
    {
        ApprovalRefusal.OtherSubject => new ApprovalReply(
            $"What waits of {run} is not what that digest names, so nothing was answered. Look again: vantage node approvals show {run}",
            ApprovalFault.Changed, []),
        ApprovalRefusal.TooLate => new ApprovalReply($"The time to answer for {run} is over: it is refused.", ApprovalFault.NotWaiting, []),
        _ => Nothing(run),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run} was {Word} by {By}, as rule '{Rule}' asks for")]
    private partial void LogAnswered(RunId run, ApprovalWord word, string by, string rule);
}
