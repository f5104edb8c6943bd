using Vantage.NodeAgent.Egress;
using Vantage.NodeAgent.Gateway;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Subtasks;
using Vantage.NodeAgent.TaskTypes.Analysis.Calls;
using Vantage.NodeAgent.TaskTypes.Analysis.Dictionaries;
using Vantage.NodeAgent.TaskTypes.Analysis.Sessions;
using Vantage.NodeAgent.Vantage6;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

/// <summary>Runs one function beside the data: settles what it may, prepares what it sees, starts it, and says how it ended.</summary>
internal sealed partial class AnalysisExecutor(
    AnalysisPermission permission, DataPreparation preparation, SubtaskDesk.Means subtasks, RuntimeChoice runtimes, WarmAnalysis warm,
    AnalysisSettings settings, TimeProvider time, ILogger<AnalysisExecutor> logger, SessionWork? sessions = null, DictionaryWork? dictionaries = null) : IRunExecutor
{
    private readonly CallsExecution several = new(permission, new CallPrograms(preparation, warm.Start, runtimes, settings, time), time);
    private readonly V4Execution guests = new(preparation, subtasks, runtimes, settings, time);

    public TaskType Type => TaskType.Analysis;

    public async Task<RunEnd> ExecuteAsync(RunOrder order, IRunProgress progress, CancellationToken stop)
    {
        progress.Phase(RunPhase.Preparing);
        try
        {
            return CallsExecution.IsFor(order) ? await several.ExecuteAsync(order, progress, stop) : await permission.AskAsync(order, stop) switch
            {
                Step<RunPermit>.Next { Value: var permit } when SessionWork.IsFor(order, permit) =>
                    await (sessions ?? throw new InvalidOperationException("This node keeps no sessions.")).ExecuteAsync(order, permit, progress, stop),
                Step<RunPermit>.Next { Value: var permit } when DictionaryWork.IsFor(order, permit) =>
                    await (dictionaries ?? throw new InvalidOperationException("This node tells nothing of its data.")).ExecuteAsync(order, permit, progress, stop),
                Step<RunPermit>.Next { Value: { Image.Sidecar: not null } permit } => await guests.ExecuteAsync(order, permit, progress, stop),
                Step<RunPermit>.Next { Value: var permit } =>
                    await warm.RunAsync(order, permit, progress, stop) ?? await PrepareAsync(order, permit, progress, stop),
                Step<RunPermit>.End end => end.How,
                _ => throw new InvalidOperationException("A step goes on or ends."),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new RunEnd.Cancelled(new ExecutionFacts());
        }
        catch (IOException e)
        {
            LogDisk(e, order.Run.ToString());
            return new RunEnd.Failed(RunCodes.ResourcesUnavailable,
                "The node could not write this run's files; its admin finds the reason in the node's log.", null, new ExecutionFacts());
        }
    }

    public Task SweepAsync(string workRoot, CancellationToken cancellationToken) => runtimes.SweepAsync(workRoot, cancellationToken);

    private async Task<RunEnd> PrepareAsync(RunOrder order, RunPermit permit, IRunProgress progress, CancellationToken stop)
    {
        var folder = AnalysisFolder.Of(order.WorkDirectory, runtimes.For(permit.Code));
        folder.Create();
        return await preparation.PrepareAsync(order, permit, folder.Data, stop) switch
        {
            Step<PreparedData>.Next { Value: var data } => await RunAsync(order, permit, data, folder, progress, stop),
            Step<PreparedData>.End end => end.How,
            _ => throw new InvalidOperationException("A step goes on or ends."),
        };
    }

    private async Task<RunEnd> RunAsync(
        RunOrder order, RunPermit permit, PreparedData data, AnalysisFolder folder, IRunProgress progress, CancellationToken stop)
    {
        Failpoint.Pass("work.prepared");
        var outputBytes = (long)permit.Rule.Limits.OutputMiB << 20;
        await using var desk = order.Manifest.Delegation is null ? null : new SubtaskDesk(order, folder.Answers, progress, subtasks, stop);
        using var calls = new GatewayCalls(
            new OutputStore(folder.Output, outputBytes), new RunLog(folder.Log, settings.LogBytes), progress.Percent) { Subtasks = desk };
        using var socket = folder.Listen();
        var runtime = runtimes.For(permit.Code);
        await using var egress = EgressPassage.Open(folder.Egress, permit.Egress, (long)permit.Rule.Limits.EgressMiB << 20, EgressDial.Real);
        var begun = time.GetUtcNow();
        RuntimeEnd end;
        await using (await RunGateway.StartAsync(socket, calls, stop))
        {
            await folder.WriteAsync(RunFile(order, permit, data, folder, socket, calls, outputBytes), order.Arguments, stop);
            folder.Open();
            progress.Phase(RunPhase.Running);
            end = await runtime.RunAsync(Job(order, permit, folder, socket, calls, begun, progress) with { Doors = egress.Doors, Variables = egress.Variables }, stop);
        }

        if (egress.Used is { } used)
        {
            LogEgress(order.Run.ToString(), used);
            end = end with { Enforced = new Dictionary<string, string>(end.Enforced) { ["egress"] = used } };
        }

        calls.Log.Dispose();
        if (desk is not null)
        {
            warm.EndJob(order);
        }

        return await OutputRelease.PassAsync(
            order, permit, data, new AnalysisEnd(order, permit, data, calls).Of(end,
            AnalysisFacts.Of(permit, data, end, runtime, outputBytes, settings.LogBytes, begun, time.GetUtcNow())), stop);
    }

    private RunFile RunFile(
        RunOrder order, RunPermit permit, PreparedData data, AnalysisFolder folder, RunSocket socket, GatewayCalls calls, long outputBytes) => new()
    {
        V = Protocol.Algorithms.RunFile.CurrentVersion,
        Run = order.Run,
        Algorithm = order.Manifest.Algorithm.Text,
        Function = order.Manifest.Function,
        Site = settings.Site,
        Arguments = folder.Seen(folder.Arguments),
        Data = [.. data.Files.Select(file => file with { Path = folder.Seen(file.Path) })],
        Sites = calls.Subtasks?.Names,
        Gateway = folder.AddressOf(socket),
        Disclosure = permit.Told,
        Limits = new()
        {
            OutputBytes = outputBytes,
            LogBytes = settings.LogBytes,
            MemoryBytes = (long)order.Manifest.Resources.MemoryMiB << 20,
        },
    };

    private static RuntimeJob Job(
        RunOrder order, RunPermit permit, AnalysisFolder folder, RunSocket socket, GatewayCalls calls, DateTimeOffset now, IRunProgress progress)
    {
        var ask = order.Manifest.Resources;
        var left = order.Manifest.NotAfter - now;
        var asked = TimeSpan.FromSeconds(ask.TimeSeconds);
        return new RuntimeJob(permit.Code, $"{order.Run}-{order.Epoch}", folder.Root, folder.Shown, folder.RunFile, socket.Folder,
            new RuntimeLimits(ask.Cpu, ask.MemoryMiB, ask.DiskMiB, left < asked ? left : asked) { Accelerators = ask.Accelerators }, said => calls.Log.Append(said.Span))
        {
            Demands = permit.Demands,
            GatewaySocket = socket.Path,
            Waiting = progress.Waiting,
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Run} had a way outside: {Used}")]
    private partial void LogEgress(string run, string used);

    [LoggerMessage(Level = LogLevel.Error, Message = "The files of {Run} could not be written")]
    private partial void LogDisk(Exception e, string run);
}
