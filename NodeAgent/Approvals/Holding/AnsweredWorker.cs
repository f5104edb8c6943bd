using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runs.Working;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Approvals.Holding;

/// <summary>
/// Goes on with runs that somebody answered: a no ends them, finished work that may leave is handed over as it was shown, and
/// all else is worked on as ever. The request is verified again: whom this node believes may have changed meanwhile.
/// </summary>
internal sealed partial class AnsweredWorker(
    RunWorker worker, RunJudge judge, RunFolders folders, ApprovalKeeper keeper, ILogger<AnsweredWorker> logger) : IRunWorker
{
    public async Task<SealJob?> WorkAsync(RunWork work, CancellationToken cancellationToken)
    {
        var refusal = work.Entry?.Approvals.FirstOrDefault(approval => approval.IsRefusal);
        if (work.Entry is not { } entry || (refusal is null && !entry.IsHeld)
            || folders.FindClaim(work.Key, work.Claim) is not { } claim || judge.Judge(claim) is not ManifestVerdict.Verified verified)
        {
            return await worker.WorkAsync(work, cancellationToken);
        }

        var decided = refusal ?? entry.BeforeRelease!;
        LogAnswered(work.Key, decided.Answer!.Word, decided.Answer.By ?? "nobody");
        RunEnd end = refusal is not null
            ? Refused(refusal)
            : await keeper.TakeAsync(new RunEntryKey(work.Key, entry.Task), decided.Subject, cancellationToken) ?? Damaged();
        return SealJob.Of(work.Key, verified, end, new ReceiptPolicy(decided.Policy, decided.Rule));
    }

    private static RunEnd.Refused Refused(Approval approval)
    {
        var what = approval.Gate == ApprovalGate.BeforeRun ? "before this runs" : "before this result leaves";
        var (code, sentence) = approval.Answer is { Word: ApprovalWord.Denied } denied
            ? (RunCodes.ApprovalDenied, $"A person of the site has to agree {what} (rule '{approval.Rule}'), and said no"
                + (denied.Note is { } note ? $": {note}" : " without giving a reason. Ask them."))
            : (RunCodes.ApprovalExpired, $"A person of the site has to agree {what} (rule '{approval.Rule}'), and nobody answered between "
                + $"{approval.Since:u} and {approval.Until:u}. Tell them that you ask, and ask again.");
        return new RunEnd.Refused(code, approval.Rule, sentence, new ExecutionFacts());
    }

    private static RunEnd.Failed Damaged() => new(RunCodes.ResultDamaged,
        "The result was approved, but the node's disk no longer has it as it was shown. The node's admin should check the disk; ask again.",
        null, new ExecutionFacts());

    [LoggerMessage(Level = LogLevel.Information, Message = "{Key} goes on: {Word} by {By}")]
    private partial void LogAnswered(Runs.Journal.RunKey key, ApprovalWord word, string by);
}
