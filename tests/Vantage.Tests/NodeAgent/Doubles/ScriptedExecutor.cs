using System.Collections.Concurrent;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>Does what the test says, and counts how often each run was begun.</summary>
internal sealed class ScriptedExecutor : IRunExecutor
{
    public TaskType Type => TaskType.Analysis;

    public ConcurrentDictionary<RunId, int> Begun { get; } = new();

    public ConcurrentQueue<RunOrder> Orders { get; } = new();

    public Func<RunOrder, IRunProgress, CancellationToken, Task<RunEnd>> Script { get; set; } = (order, progress, stop) => SucceedAsync(order, "42"u8.ToArray());

    public async Task<RunEnd> ExecuteAsync(RunOrder order, IRunProgress progress, CancellationToken stop)
    {
        Begun.AddOrUpdate(order.Run, 1, (_, n) => n + 1);
        Orders.Enqueue(order);
        progress.Phase(RunPhase.Running);
        return await Script(order, progress, stop);
    }

    public static async Task<RunEnd> SucceedAsync(RunOrder order, byte[] output, string? log = null)
    {
        var path = Path.Combine(order.WorkDirectory, "result");
        await File.WriteAllBytesAsync(path, output);
        var logPath = log is null ? null : Path.Combine(order.WorkDirectory, "log");
        if (logPath is not null)
        {
            await File.WriteAllTextAsync(logPath, log);
        }

        return new RunEnd.Succeeded(path, output.Length, Digest.Of(output), new ExecutionFacts { Sandbox = "scripted" }, logPath);
    }

    /// <summary>Works until it is told to stop.</summary>
    public void WorkForever() => Script = async (_, _, stop) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        return new RunEnd.Cancelled(new ExecutionFacts());
    };

    /// <summary>Works until the returned source is set.</summary>
    public TaskCompletionSource WorkUntilSet()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Script = async (order, _, stop) =>
        {
            try
            {
                await gate.Task.WaitAsync(stop);
                return await SucceedAsync(order, "42"u8.ToArray());
            }
            catch (OperationCanceledException)
            {
                return new RunEnd.Cancelled(new ExecutionFacts());
            }
        };
        return gate;
    }
}

internal sealed class ScriptedGate : IPolicyGate
{
    public Func<RunQuestion, PolicyDecision> Script { get; set; } = _ => new PolicyDecision.Allowed("policy-1", "everything");

    public PolicyDecision Decide(RunQuestion question) => Script(question);
}
