using System.Diagnostics;
using System.Security.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Runs;

/// <summary>The real program, killed at any instant: each run ends once, with one receipt.</summary>
public sealed class KillTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak" ? 300 : 8;
    private static readonly string[] Moments = ["Reconcile", "Heartbeat", "Claim", "Commit"];

    [Fact]
    public async Task KilledAtAnyInstant_EachRunEndsExactlyOnce()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        var random = new Random(seed);
        var alliance = new Alliance(TimeProvider.System.GetUtcNow());
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = new TestNode(alliance, coordinator.Url);
        var runs = new List<FakeRun>();

        for (var i = 0; i < Kills; i++)
        {
            runs.AddRange(Enumerable.Range(0, 3).Select(_ => coordinator.State.Offer(alliance.Ask(alliance.Now))));
            using var program = Start(node);
            var killed = KillAt(coordinator, program, Moments[random.Next(Moments.Length)], random.Next(1, 4));
            await killed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        coordinator.State.OnCall = _ => { };
        using var last = Start(node);
        await node.EventuallyAsync(() => runs.All(run => run.State.HasEnded), $"all runs end; seed {seed}");
        last.Kill();

        Assert.All(runs, run => Assert.Equal((RunOutcome.Refused, 1, RunCodes.PolicyRefused),
            (run.State.Outcome, run.Committed.Count, run.Read(run.Committed[0]).Code)));

        // What was once sent for a handing is what is sent for it ever after: the work was never done anew.
        Assert.All(runs.SelectMany(run => run.Attempts).GroupBy(attempt => (attempt.Run, attempt.Epoch)),
            attempts => Assert.Single(attempts.Select(attempt => attempt.Receipt).Distinct()));
    }

    private static Task KillAt(FakeCoordinator coordinator, Process program, string moment, int count)
    {
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        coordinator.State.OnCall = call =>
        {
            // A moment that never comes is no moment: the heartbeats go on whatever happens.
            if ((call == moment && Interlocked.Decrement(ref count) == 0) || (call == "Heartbeat" && Interlocked.Decrement(ref count) < -4))
            {
                program.Kill();
                killed.TrySetResult();
            }
        };
        return killed.Task;
    }

    internal static Process Start(TestNode node)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Vantage.NodeAgent");
        var start = new ProcessStartInfo(program, ["run", "--dir", node.Home.Root])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => node.Log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => node.Log.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
