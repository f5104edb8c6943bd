using System.Text;
using System.Text.Json;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;

namespace Vantage.NodeAgent.TaskTypes.Analysis.Calls;

/// <summary>One program at work: one call after the other, until there are no more or it breaks.</summary>
internal sealed class CallProgram(
    CallsWork work, CallGroup group, OpenProgram open, IRuntime runtime, AnalysisSettings settings, TimeProvider time)
{
    /// <summary>Two levels are around it in the answer, and readers stop at 64.</summary>
    private static readonly JsonDocumentOptions Readable = new() { MaxDepth = 60, AllowDuplicateProperties = false };

    private readonly RunLog log = work.LogOf(group.Permit.Rule, settings.LogBytes);

    private long OutputBytes => (long)group.Permit.Rule.Limits.OutputMiB << 20;

    public async Task<ExecutionFacts> RunAsync(ExecutionFacts facts, CancellationToken stop)
    {
        work.Progress.Phase(RunPhase.Running);
        var begun = time.GetUtcNow();
        RuntimeEnd? last = null;
        foreach (var call in group.Calls)
        {
            if (await DoAsync(call, stop) is not { } end)
            {
                break;
            }

            last = end;
            work.Tell();
            if (!open.Worker.IsSound)
            {
                break;
            }
        }

        return last is null ? facts : With(facts, AnalysisFacts.Of(
            group.Permit, open.Data, last, runtime, OutputBytes, settings.LogBytes, begun, time.GetUtcNow()));
    }

    /// <summary>Null if the program was dead already: another one does the call.</summary>
    private async Task<RuntimeEnd?> DoAsync(AllowedCall call, CancellationToken stop)
    {
        using var output = new OutputStore(null, OutputBytes - work.Taken);
        // Not disposed of: the log is that of all calls.
        var calls = new GatewayCalls(output, log, _ => { });
        var left = work.Deadline - time.GetUtcNow();
        var end = await open.Worker.CallAsync(Call(call), calls, left > TimeSpan.Zero ? left : TimeSpan.Zero, stop);
        stop.ThrowIfCancellationRequested();
        if (end is null)
        {
            return null;
        }

        var data = Shown(call);
        var how = new AnalysisEnd(call.Order, call.Permit, data, calls).Of(end, new ExecutionFacts());
        if (how is RunEnd.Succeeded done)
        {
            work.Taken += done.Size;
            Release(call, data, done, output.Stored!.Bytes);
        }
        else
        {
            work.Ends.Set(call.Asked, Remember(call, data, how) with { LogPath = null });
        }

        return end;
    }

    private void Release(AllowedCall call, PreparedData data, RunEnd.Succeeded output, ReadOnlyMemory<byte> bytes)
    {
        if (!IsJson(bytes))
        {
            work.Ends.Set(call.Asked, new RunEnd.Failed(RunCodes.AlgorithmNoOutput,
                $"What '{call.Order.Manifest.Function}' gave is not one JSON value.", null, new ExecutionFacts()));
            return;
        }

        var (held, leaves) = OutputRelease.Pass(call.Order, call.Permit, data, output, bytes);
        // What is asked alone is remembered when it is.
        var end = held.Asks is null ? Remember(call, data, held) : held;
        if (end is RunEnd.Succeeded { Asks: null })
        {
            work.Ends.Set(call.Asked, end, leaves ?? bytes);
        }
        else
        {
            work.Ends.Set(call.Asked, end with { LogPath = null });
        }
    }

    /// <summary>Holds it against what left before, as an answer of its own: a day's caps count calls, not runs.</summary>
    private RunEnd Remember(AllowedCall call, PreparedData data, RunEnd end)
    {
        var own = call.Order with { Target = call.Order.Target with { Run = call.Asked.Own } };
        var remembered = MemoryRelease.Pass(own, call.Permit, data, end, asked => asked);
        // The log is that of all calls: what it holds of this one stays here as well.
        work.IsSilent |= remembered is RunEnd.Refused && end is not RunEnd.Refused;
        return remembered;
    }

    private static bool IsJson(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Readable);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private WarmCall Call(AllowedCall call) => new(
        work.Order.Run, call.Order.Manifest.Function, Encoding.UTF8.GetString(call.Order.Arguments.Span),
        call.Order.Manifest.Algorithm == group.Order.Manifest.Algorithm ? null : call.Order.Manifest.Algorithm.Text,
        call.Permit.Columns.Count == 0 ? null : call.Permit.Columns);

    /// <summary>What the call may see of what the calls of its group may see together.</summary>
    private PreparedData Shown(AllowedCall call) => open.Data with
    {
        Snapshots = open.Data.Snapshots.ToDictionary(table => table.Key, table => call.Permit.Columns.TryGetValue(table.Key, out var own)
            ? table.Value with { Columns = [.. table.Value.Columns.Where(column => own.Contains(column.Name))] }
            : table.Value, StringComparer.Ordinal),
    };

    private static ExecutionFacts With(ExecutionFacts before, ExecutionFacts now) => before with
    {
        Datasets = [.. before.Datasets.Concat(now.Datasets).Distinct()],
        Image = now.Image ?? before.Image,
        Sandbox = now.Sandbox ?? before.Sandbox,
        Enforced = before.Enforced.Concat(now.Enforced).GroupBy(limit => limit.Key)
            .ToDictionary(limit => limit.Key, limit => limit.Last().Value, StringComparer.Ordinal),
    };
}
