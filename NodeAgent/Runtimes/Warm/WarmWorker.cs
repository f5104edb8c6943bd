using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Gateway;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Runtimes.Warm;

/// <summary>
/// One program that does a job's calls, one at a time. Whatever goes wrong in a call ends it: nothing is ever asked of it
/// after a fault. Its runtime knows nothing of calls; to it, this is one long run.
/// </summary>
internal sealed class WarmWorker(WarmWorker.Parts parts, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Politeness = TimeSpan.FromSeconds(1);

    /// <summary>A timer can't be set for longer.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromDays(20);

    private readonly CancellationTokenSource ending = new();
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> enforced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool faulted;

    /// <param name="Folder">Its own, removed with it.</param>
    /// <param name="Snapshots">What is mounted for it, by label.</param>
    internal sealed record Parts(
        string Folder, RunSocket Socket, RunGateway Gateway, CallLine Line, IReadOnlyDictionary<string, Snapshot> Snapshots);

    public IReadOnlyDictionary<string, Snapshot> Snapshots => parts.Snapshots;

    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>How many calls it was given, this one included.</summary>
    public int Calls { get; private set; }

    /// <summary>Completes when nothing of the program is left.</summary>
    public Task<RuntimeEnd> Life { get; private set; } = Task.FromException<RuntimeEnd>(new InvalidOperationException("It was not started."));

    /// <summary>May be given another call.</summary>
    public bool IsSound => !faulted && !Life.IsCompleted;

    public void Start(IRuntime runtime, RuntimeJob job) => Life = runtime.RunAsync(job with { Started = how => enforced.TrySetResult(how) }, ending.Token);

    /// <summary>
    /// Null if it ended before it had said anything about the call, having done others: it may have been dead already, and
    /// another one does it. A new worker's end is the call's.
    /// </summary>
    public async Task<RuntimeEnd?> CallAsync(WarmCall call, GatewayCalls calls, TimeSpan limit, CancellationToken stop)
    {
        Calls++;
        var done = parts.Line.Give(call, calls);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var late = Task.Delay(limit < LongestCall ? limit : LongestCall, time, over.Token);
        await Task.WhenAny(done, Life, late);
        var isLate = late.IsCompletedSuccessfully;
        await over.CancelAsync();
        return (done.IsCompleted, Life.IsCompleted) switch
        {
            (true, _) => await DoneAsync(calls),
            (_, true) when !parts.Line.IsTaken && Calls > 1 => null,
            (_, true) => await Life,
            _ => await BreakAsync(isLate),
        };
    }

    /// <summary>Lets it end by itself if it is idle, and sees to it that it has.</summary>
    public async ValueTask DisposeAsync()
    {
        parts.Line.Close();
        if (!faulted)
        {
            await ((Task)Life).WaitAsync(Politeness, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await KillAsync();
        await parts.Gateway.DisposeAsync();
        parts.Socket.Dispose();
        Directory.Delete(parts.Folder, recursive: true);
        ending.Dispose();
    }

    /// <summary>It asked for the next call. Without a whole output, or with an error told, this one has failed.</summary>
    private async Task<RuntimeEnd> DoneAsync(GatewayCalls calls)
    {
        var how = await enforced.Task;
        if (calls is { Failure: null, Output: { Stored: not null, Exceeded: false, Fault: null } })
        {
            return new RuntimeEnd.Exited(WorkerExitCodes.Succeeded, how);
        }

        await KillAsync();
        return new RuntimeEnd.Exited(calls.Failure is null ? WorkerExitCodes.Succeeded : WorkerExitCodes.Failed, how);
    }

    private async Task<RuntimeEnd> BreakAsync(bool isLate)
    {
        await KillAsync();
        var end = await Life;
        return isLate && end is not RuntimeEnd.Exceeded ? new RuntimeEnd.Exceeded(Resource.Time, end.Enforced) : end;
    }

    private async Task KillAsync()
    {
        faulted = true;
        await ending.CancelAsync();
        await ((Task)Life).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
