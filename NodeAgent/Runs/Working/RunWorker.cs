using Vantage.NodeAgent.Audit;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Runs.Working;

/// <summary>
/// Takes one run from its claim to its end: verify, open the input, ask the policy, execute. Says what came of it; sealing
/// and remembering are the caller's.
/// </summary>
internal sealed partial class RunWorker(
    RunJudge judge, InputFetcher inputs, IPolicyGate policy, IEnumerable<IRunExecutor> executors, RunFolders folders,
    ITrail trail, TimeProvider time, ILogger<RunWorker> logger) : IRunWorker
{
    /// <summary>Null if the work was stopped before anything came of it, or if there is nobody to tell.</summary>
    public async Task<SealJob?> WorkAsync(RunWork work, CancellationToken cancellationToken)
    {
        if (folders.FindClaim(work.Key, work.Claim) is not { } claim)
        {
            LogNoClaim(work.Key);
            return null;
        }

        switch (judge.Judge(claim))
        {
            case ManifestVerdict.Verified verified:
                return await WorkAsync(work, claim, verified);
            case ManifestVerdict.Refused { Manifest: not null } refused:
                LogRefused(work.Key.Run, refused.Code, refused.Message);
                return SealJob.Of(work.Key, claim.Task, refused, Protocol.Cryptography.Digest.OfText(claim.Manifest));
            case ManifestVerdict.Refused refused:
                trail.Note(RunHappenings.Refuse(claim, work.Key, refused));
                LogRefused(work.Key.Run, refused.Code, refused.Message);
                return null;
            default:
                throw new InvalidOperationException("A verdict is one of two.");
        }
    }

    private async Task<SealJob?> WorkAsync(RunWork work, ClaimedRun claim, ManifestVerdict.Verified verified)
    {
        Failpoint.Pass("work.verified");
        byte[] arguments;
        try
        {
            arguments = await inputs.FetchAsync(claim, verified, work.Stopping);
        }
        catch (InputException e)
        {
            LogFailed(work.Key.Run, e.Code);
            return SealJob.Of(work.Key, verified, new RunEnd.Failed(e.Code, e.Message, null, new ExecutionFacts()),
                new ReceiptPolicy("not-asked", e.Code));
        }
        catch (OperationCanceledException) when (work.Stopping.IsCancellationRequested)
        {
            return null;
        }

        Failpoint.Pass("work.fetched");
        var decision = policy.Decide(
            new RunQuestion(verified.Manifest, verified.Target, verified.Requester, arguments, time.GetUtcNow()));
        var by = new ReceiptPolicy(decision.Policy, decision.Rule);
        if (decision is not PolicyDecision.Allowed allowed)
        {
            LogPolicyRefused(work.Key.Run, decision.Rule, verified.Requester.User, verified.Requester.Organization);
            return SealJob.Of(work.Key, verified, new RunEnd.Refused(RunCodes.PolicyRefused, decision.Rule,
                decision is PolicyDecision.Refused no ? no.Message : "The policy gave no reason.", new ExecutionFacts()), by);
        }

        trail.Note(RunHappenings.Start(work.Key, verified, allowed, arguments));
        Failpoint.Pass("work.admitted");
        LogBegins(work.Key.Run, work.Key.Epoch, verified.Manifest.Function, verified.Manifest.Algorithm, verified.Requester.User, allowed.Rule);
        var end = await ExecuteAsync(work, new RunOrder
        {
            Manifest = verified.Manifest,
            ManifestDigest = verified.ManifestDigest,
            Signed = claim.Manifest,
            Target = verified.Target,
            Epoch = work.Key.Epoch,
            Requester = verified.Requester,
            Permission = allowed,
            BeforeRun = work.Entry?.BeforeRun,
            Arguments = arguments,
            WorkDirectory = folders.PrepareWork(work.Key),
        });
        return end is null || (end is RunEnd.Cancelled && work.Stopping.IsCancellationRequested) ? null : SealJob.Of(work.Key, verified, end, end.Facts.Decision is { } later ? new ReceiptPolicy(later.Policy, later.Rule) : by);
    }

    /// <summary>Null if the executor did not stop in time and was left behind.</summary>
    private async Task<RunEnd?> ExecuteAsync(RunWork work, RunOrder order)
    {
        if (executors.FirstOrDefault(e => e.Type == order.Manifest.Type) is not { } executor)
        {
            return new RunEnd.Refused(RunCodes.RuntimeUnavailable, "task types of this node",
                $"This node does not do tasks of type '{order.Manifest.Type}'.", new ExecutionFacts());
        }

        try
        {
            var execution = executor.ExecuteAsync(order, work, work.Stopping);
            return await FirstAsync(execution, work);
        }
        catch (Exception e) when (e is not OperationCanceledException || !work.Stopping.IsCancellationRequested)
        {
            LogBug(e, work.Key.Run);
            return new RunEnd.Failed(RunCodes.NodeInternal,
                "The node's own software failed on this run; its admin finds the reason in the node's log.", e.ToString(), new ExecutionFacts());
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<RunEnd?> FirstAsync(Task<RunEnd> execution, RunWork work)
    {
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, time, work.Stopping);
        if (await Task.WhenAny(execution, stopped) != execution)
        {
            await Task.WhenAny(execution, Task.Delay(IRunExecutor.StopDeadline, time, CancellationToken.None));
        }

        if (execution.IsCompleted)
        {
            return await execution;
        }

        LogLeftBehind(work.Key.Run, IRunExecutor.StopDeadline.TotalSeconds);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run} (epoch {Epoch}) begins: {Function} of {Algorithm} for {User}, allowed by rule '{Rule}'")]
    private partial void LogBegins(RunId run, long epoch, string function, AlgorithmRef algorithm, UserId user, string rule);

    [LoggerMessage(Level = LogLevel.Error, Message = "What was handed over for {Key} is no longer on the disk as it was written; the Coordinator offers it again")]
    private partial void LogNoClaim(Journal.RunKey key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run} is refused ({Code}): {Why}")]
    private partial void LogRefused(RunId run, string code, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run} is refused by policy rule '{Rule}'; asked by {User} of {Organization}")]
    private partial void LogPolicyRefused(RunId run, string rule, UserId user, OrganizationId organization);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Run} fails ({Code})")]
    private partial void LogFailed(RunId run, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Run} met a bug of the node")]
    private partial void LogBug(Exception e, RunId run);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Run} did not stop within {Seconds} s and was left behind; it is swept at the next start")]
    private partial void LogLeftBehind(RunId run, double seconds);
}
