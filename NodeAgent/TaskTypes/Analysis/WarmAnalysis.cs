using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Warm;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>
/// A run as one call of a worker that stands ready. To everyone else it is a run like any other: judged anew, with its own
/// output, log, limits and receipt.
/// </summary>
internal sealed class WarmAnalysis(WarmStart start, RuntimeChoice runtimes, AnalysisSettings settings, TimeProvider time)
{
    public WarmStart Start => start;

    /// <summary>A central function asks others and sees no data; frames may end at any time; bytes that are no text can't be handed over as one.</summary>
    public static bool Suits(RunOrder order, RunPermit permit) =>
        permit.Warm && order.Manifest.Delegation is null && order.Manifest.Data.All(data => data.Kind == DataKind.Source) && Utf8.IsValid(order.Arguments.Span);

    /// <summary>The central function is over: what its rounds left standing at this node is of no more use.</summary>
    public void EndJob(RunOrder central) => start.EndJob(central);

    /// <summary>Null if it is not to be done so, or there is no room: then it goes its own way.</summary>
    public async Task<RunEnd?> RunAsync(RunOrder order, RunPermit permit, IRunProgress progress, CancellationToken stop)
    {
        while (Suits(order, permit))
        {
            switch (await start.TakeAsync(order, permit, Limit(order), progress, stop))
            {
                case null:
                    return null;
                case Step<WarmWork>.End end:
                    return end.How;
                case Step<WarmWork>.Next { Value: var (lease, data) }:
                    using (lease)
                    {
                        if (await CallAsync(order, permit, data, lease.Worker!, progress, stop) is { } end)
                        {
                            return end;
                        }
                    }

                    break;
            }

            // It died without a word, maybe before the call reached it: a new one does it.
        }

        return null;
    }

    private async Task<RunEnd?> CallAsync(
        RunOrder order, RunPermit permit, PreparedData data, WarmWorker worker, IRunProgress progress, CancellationToken stop)
    {
        var folder = new AnalysisFolder(order.WorkDirectory, null, GatewayKinds.UnixHttp);
        Durable.CreateFolder(folder.Output);
        var outputBytes = (long)permit.Rule.Limits.OutputMiB << 20;
        using var calls = new GatewayCalls(new OutputStore(folder.Output, outputBytes), new RunLog(folder.Log, settings.LogBytes), progress.Percent);
        progress.Phase(RunPhase.Running);
        var (begun, limit) = (time.GetUtcNow(), Limit(order));
        var call = new WarmCall(order.Run, order.Manifest.Function, Encoding.UTF8.GetString(order.Arguments.Span));
        if (await worker.CallAsync(call, calls, limit, stop) is not { } end)
        {
            return null;
        }

        calls.Log.Dispose();
        var facts = AnalysisFacts.Of(permit, data, end, runtimes.For(permit.Code), outputBytes, settings.LogBytes, begun, time.GetUtcNow());
        return await OutputRelease.PassAsync(
            order, permit, data, new AnalysisEnd(order, permit, data, calls).Of(end, With(facts, worker, limit)), stop);
    }

    private static ExecutionFacts With(ExecutionFacts facts, WarmWorker worker, TimeSpan limit) => facts with
    {
        Enforced = new SortedDictionary<string, string>(facts.Enforced.ToDictionary(), StringComparer.Ordinal)
        {
            ["time"] = string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds} s for this call"),
            ["warm"] = string.Create(CultureInfo.InvariantCulture,
                $"call {worker.Calls} of a program started {worker.Started:yyyy-MM-dd'T'HH:mm:ss'Z'} for this job; its memory and /tmp are kept from call to call"),
        },
    };

    private TimeSpan Limit(RunOrder order)
    {
        var left = order.Manifest.NotAfter - time.GetUtcNow();
        var asked = TimeSpan.FromSeconds(order.Manifest.Resources.TimeSeconds);
        return left < asked ? left : asked;
    }
}
