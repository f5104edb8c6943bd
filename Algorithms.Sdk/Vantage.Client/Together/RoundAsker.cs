using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Client.Asking;
using Vantage.Client.Federation;
using Vantage.Client.Results;
using Vantage.Client.Tasks;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Api;
using Vantage.Protocol.Calls;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Together;

/// <summary>
/// Asks for those that wait, as few tasks as can be: one for each code and set of sites. What cannot be asked among others is
/// asked as a task of its own, at the sites where that is so.
/// </summary>
internal sealed class RoundAsker(VantageClient client, WireFederation wire, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>So many tasks of single questions are under way at once.</summary>
    private const int SinglesAtOnce = 8;

    private readonly SemaphoreSlim singles = new(SinglesAtOnce);
    private int rounds;

    public Task AskAsync(IReadOnlyList<Gathered<WaitingCall, IReadOnlyDictionary<string, SiteCall>>> waiting) => Task.WhenAll(waiting
        .GroupBy(one => (Sites: string.Join('\n', one.Call.Sites), Code: Code(one.Call.Algorithm)))
        .SelectMany(together => together.Chunk(CallBatch.MaxCalls))
        .Select(AskAsync));

    public void Dispose() => singles.Dispose();

    /// <summary>What may be in one task.</summary>
    private static string Code(AlgorithmRef algorithm) => algorithm.Kind == AlgorithmKind.Builtin ? algorithm.Digest : algorithm.Text;

    private async Task AskAsync(Gathered<WaitingCall, IReadOnlyDictionary<string, SiteCall>>[] waiting)
    {
        try
        {
            if (waiting is [var only])
            {
                only.Answer(await AloneAsync(only.Call, only.Call.Sites));
                return;
            }

            var given = await TogetherAsync([.. waiting.Select(one => one.Call)]);
            await Task.WhenAll(waiting.Select((one, index) => CompleteAsync(one, given[index])));
        }
        catch (Exception e)
        {
            foreach (var one in waiting)
            {
                one.Fail(e);
            }
        }
    }

    /// <summary>What each call was given by each site that took it among the others.</summary>
    private async Task<Dictionary<string, SiteCall>[]> TogetherAsync(WaitingCall[] calls)
    {
        var sites = calls[0].Sites;
        var algorithms = calls.Select(call => call.Algorithm).Distinct().ToList();
        var batch = new CallBatch(CallBatch.CurrentVersion, algorithms,
            [.. calls.Select(call => new BatchedCall(algorithms.IndexOf(call.Algorithm), call.Function, JsonElement.Parse(call.Arguments)))]);
        var (round, number, settled) = await SettleAsync(sites, calls[0].Algorithm, CallBatch.Function, batch.ToBytes());
        var asked = new AskedRound(round.Id, CallBatch.Function, Digest.OfText(round.Manifest),
            sites.Zip(round.Targets).ToDictionary(pair => pair.First, pair => pair.Second.Run), Digest.OfText(round.Manifest));
        var read = await Task.WhenAll(sites.Zip(round.Targets, (site, target) => new SiteRunReader(client, site, number)
            .ReadAsync(ShownRun.Of(settled, target.Run, asked.Manifest), CallsJson.Default.CallAnswers, cancellationToken)));
        return [.. calls.Select((_, index) => read.Select(run => Of(run, index, calls.Length)).OfType<SiteRun<JsonElement>>()
            .ToDictionary(run => run.Result.Site, run => new SiteCall(run, asked)))];
    }

    /// <summary>Null where it is to be asked alone.</summary>
    private static SiteRun<JsonElement>? Of(SiteRun<CallAnswers> run, int index, int count)
    {
        var site = run.Result.Site;
        return run.Result switch
        {
            SiteResult<CallAnswers>.Succeeded { Value: { V: CallAnswers.CurrentVersion } given } when given.Calls.Count == count => Of(given.Calls[index], run),
            SiteResult<CallAnswers>.Succeeded => Failed(new RunFailure(RunCodes.AlgorithmFailed, "it did not answer call for call.")),
            // A node of before there were calls knows no function of that name, and its policy lists none.
            SiteResult<CallAnswers>.Failed { Failure.Code: RunCodes.AlgorithmUnknown } or SiteResult<CallAnswers>.Refused when IsOfBefore(run) => null,
            SiteResult<CallAnswers>.Failed failed => Failed(failed.Failure),
            SiteResult<CallAnswers>.Refused refused => run.As(new SiteResult<JsonElement>.Refused(site, refused.Rule, refused.Message)),
            SiteResult<CallAnswers>.Cancelled => run.As(new SiteResult<JsonElement>.Cancelled(site)),
            SiteResult<CallAnswers>.Expired => run.As(new SiteResult<JsonElement>.Expired(site)),
            SiteResult<CallAnswers>.Lost => run.As(new SiteResult<JsonElement>.Lost(site)),
            _ => throw new InvalidOperationException("The hierarchy is closed."),
        };

        SiteRun<JsonElement> Failed(RunFailure failure) => new(new SiteResult<JsonElement>.Failed(site, failure), failure.Code, run.Receipt);
    }

    private static bool IsOfBefore(SiteRun<CallAnswers> run) => run.Code is RunCodes.AlgorithmUnknown or RunCodes.PolicyRefused;

    private static SiteRun<JsonElement>? Of(CallAnswer answer, SiteRun<CallAnswers> run)
    {
        var site = run.Result.Site;
        var code = answer.Code ?? RunCodes.AlgorithmFailed;
        return answer switch
        {
            { End: CallEnd.Succeeded, Result: { } result } => new(new SiteResult<JsonElement>.Succeeded(site, result), null, run.Receipt),
            { End: CallEnd.Alone } => null,
            { End: CallEnd.Refused } => new(new SiteResult<JsonElement>.Refused(site, answer.Rule ?? code, answer.Message ?? "it gave no reason."), code, run.Receipt),
            _ => new(new SiteResult<JsonElement>.Failed(site, new RunFailure(code, answer.Message ?? "it gave no reason.", Detail: answer.Detail)), code, run.Receipt),
        };
    }

    /// <summary>A call's own fault is its own.</summary>
    private async Task CompleteAsync(Gathered<WaitingCall, IReadOnlyDictionary<string, SiteCall>> one, Dictionary<string, SiteCall> given)
    {
        try
        {
            var alone = one.Call.Sites.Where(site => !given.ContainsKey(site)).ToList();
            foreach (var (site, answer) in alone.Count == 0 ? [] : await AloneAsync(one.Call, alone))
            {
                given[site] = answer;
            }

            one.Answer(given);
        }
        catch (Exception e)
        {
            one.Fail(e);
        }
    }

    private async Task<Dictionary<string, SiteCall>> AloneAsync(WaitingCall call, IReadOnlyList<string> sites)
    {
        await singles.WaitAsync(cancellationToken);
        try
        {
            var (round, number, settled) = await SettleAsync(sites, call.Algorithm, call.Function, call.Arguments);
            var asked = new AskedRound(round.Id, call.Function, call.Digest,
                sites.Zip(round.Targets).ToDictionary(pair => pair.First, pair => pair.Second.Run), Digest.OfText(round.Manifest));
            var read = await Task.WhenAll(sites.Zip(round.Targets, (site, target) => new SiteRunReader(client, site, number)
                .ReadAsync(ShownRun.Of(settled, target.Run, asked.Manifest), AskingJson.Default.JsonElement, cancellationToken)));
            return read.ToDictionary(run => run.Result.Site, run => new SiteCall(run, asked));
        }
        finally
        {
            singles.Release();
        }
    }

    private async Task<(SubmittedTask Round, int Number, TaskView Settled)> SettleAsync(
        IReadOnlyList<string> sites, AlgorithmRef algorithm, string function, byte[] arguments)
    {
        var number = Interlocked.Increment(ref rounds);
        var round = await wire.SubmitAsync(sites, algorithm.Text, function, arguments, cancellationToken);
        return (round, number, await wire.SettleAsync(round.Id, number, cancellationToken));
    }
}
