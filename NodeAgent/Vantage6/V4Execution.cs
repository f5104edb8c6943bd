using System.Text;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Subtasks;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.NodeAgent.Vantage6.Proxy;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;

namespace Vantage.NodeAgent.Vantage6;

/// <summary>
/// Runs an image of vantage6's fourth contract as it is, beside the data that the policy allowed. It was permitted as any
/// image is; what comes out goes the way of any output.
/// </summary>
internal sealed class V4Execution(
    DataPreparation preparation, SubtaskDesk.Means subtasks, RuntimeChoice runtimes, AnalysisSettings settings, TimeProvider time)
{
    private const string SocketName = "proxy.sock";

    public async Task<RunEnd> ExecuteAsync(RunOrder order, RunPermit permit, IRunProgress progress, CancellationToken stop)
    {
        if (V4Needs.Refusal(order, permit) is { } refusal)
        {
            return refusal;
        }

        var folder = new V4Folder(order.WorkDirectory);
        folder.Create();
        return await preparation.PrepareAsync(order, permit, folder.Shown, stop) switch
        {
            Step<PreparedData>.Next { Value: var data } => await RunAsync(order, permit, data, folder, progress, stop),
            Step<PreparedData>.End end => end.How,
            _ => throw new InvalidOperationException("A step goes on or ends."),
        };
    }

    private async Task<RunEnd> RunAsync(
        RunOrder order, RunPermit permit, PreparedData data, V4Folder folder, IRunProgress progress, CancellationToken stop)
    {
        var outputBytes = (long)permit.Rule.Limits.OutputMiB << 20;
        await using var desk = order.Manifest.Delegation is null ? null : new SubtaskDesk(order, folder.Answers, progress, subtasks, stop);
        using var calls = new GatewayCalls(
            new OutputStore(folder.Output, outputBytes), new RunLog(folder.Log, settings.LogBytes), progress.Percent) { Subtasks = desk };
        using var socket = RunSocket.Within(folder.Door, SocketName);
        var begun = time.GetUtcNow();
        var world = V4World.Of(order, desk?.Names ?? [], settings.Site);
        var token = new V4Token(begun + Time(order, begun), time);
        await WriteAsync(order, data, folder, token.Issue(world), stop);
        folder.Open();
        progress.Phase(RunPhase.Running);
        var runtime = runtimes.For(permit.Code);
        RuntimeEnd end;
        await using (desk is null ? null : await V4Proxy.StartAsync(socket, token, new V4Desk(world, permit.Image!.Algorithm, desk), stop))
        {
            end = await runtime.RunAsync(Job(order, permit, data, folder, socket, calls, begun, outputBytes) with
            {
                Waiting = progress.Waiting,
                Doors = desk is null ? [] : [new Door(V4Environment.ProxyHost, V4Environment.ProxyPort, Path.Combine(folder.Door, SocketName))],
            }, stop);
        }

        var shown = await CollectAsync(end, permit, folder, calls, stop) is { } odd
            ? new RunEnd.Failed(RunCodes.AlgorithmFailed, odd, null, new ExecutionFacts())
            : null;
        calls.Log.Dispose();
        var facts = AnalysisFacts.Of(permit, data, end, runtime, outputBytes, settings.LogBytes, begun, time.GetUtcNow());
        return await OutputRelease.PassAsync(order, permit, data,
            shown is null ? new AnalysisEnd(order, permit, data, calls).Of(end, facts) : shown with { Facts = facts }, stop);
    }

    private static async Task WriteAsync(RunOrder order, PreparedData data, V4Folder folder, string token, CancellationToken stop)
    {
        var function = order.Manifest.Function;
        await folder.WriteAsync(folder.Input, V4Input.Write(function, order.Arguments), stop);
        await folder.WriteAsync(folder.Token, Encoding.ASCII.GetBytes(token), stop);
        await folder.WriteAsync(folder.Context, V4Input.WriteContext(folder, function, order.Arguments, data.Files), stop);
    }

    private static RuntimeJob Job(RunOrder order, RunPermit permit, PreparedData data, V4Folder folder, RunSocket socket, GatewayCalls calls,
        DateTimeOffset begun, long outputBytes)
    {
        var ask = order.Manifest.Resources;
        // Scratch files may be larger than outputs; what is too large for an output is seen when it is read.
        var largest = Math.Max(outputBytes, (long)Math.Min(ask.DiskMiB, ask.MemoryMiB) << 20);
        return new RuntimeJob(permit.Code, $"{order.Run}-{order.Epoch}", folder.Root, folder.Shown, folder.Input, socket.Folder,
            new RuntimeLimits(ask.Cpu, ask.MemoryMiB, ask.DiskMiB, Time(order, begun)) { Accelerators = ask.Accelerators }, said => calls.Log.Append(said.Span))
        {
            Demands = permit.Demands,
            Guest = new GuestTerms(V4Folder.ShownAt,
                V4Environment.Of(folder, data.Files, permit.Image!.Sidecar!.Document.PlainEnvironment), V4Folder.ScratchAt,
                new WritableFile(folder.Written, folder.OutputSeen, largest)),
        };
    }

    private static TimeSpan Time(RunOrder order, DateTimeOffset begun)
    {
        var (asked, left) = (TimeSpan.FromSeconds(order.Manifest.Resources.TimeSeconds), order.Manifest.NotAfter - begun);
        return left < asked ? left : asked;
    }

    /// <summary>
    /// Takes over what a run wrote that ended well; of one that did not, that its sites were the reason. What is said here
    /// instead of an output holds nothing of it.
    /// </summary>
    private static async Task<string?> CollectAsync(
        RuntimeEnd end, RunPermit permit, V4Folder folder, GatewayCalls calls, CancellationToken stop)
    {
        if (end is not RuntimeEnd.Exited { Code: 0 })
        {
            if (calls.Subtasks?.Trouble is { } trouble)
            {
                calls.Fail(new(RunCodes.SitesFailed, trouble));
            }

            return null;
        }

        await using (var written = folder.OpenWritten())
        {
            if (written is not null)
            {
                await calls.Output.StoreAsync("result", written, written.Length, stop);
            }
        }

        return calls.Output.Stored is { } stored ? await V4Release.OddAsync(stored.Path, permit, stop) : null;
    }
}
