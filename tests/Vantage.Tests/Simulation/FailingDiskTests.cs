using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Simulation.Histories;
using Vantage.Tests.Simulation.Net;

namespace Vantage.Tests.Simulation;

/// <summary>A disk that refuses one act, whichever it is, delays; it loses nothing and repeats no finished work.</summary>
public sealed class FailingDiskTests(ITestOutputHelper output)
{
    private static readonly Rules Steady = new() { Work = TimeSpan.FromSeconds(3) };

    [Fact]
    public void AnyActOfTheDiskMayFail_AndTheRunStillSucceeds()
    {
        var acts = 0;
        for (var hasFailed = true; hasFailed && acts < 1000;)
        {
            var history = With(new Happening.FailAct(TimeSpan.FromSeconds(3), 0, ++acts));
            hasFailed = false;
            var verdict = Simulator.Run(history, Steady, trigger: new Trigger(
                world => world.Scheduler.Elapsed > TimeSpan.FromSeconds(60), (world, _) => hasFailed = world.Nodes[0].HasFailed));

            Assert.True(verdict.Broken is null, $"act {acts}: {verdict.Broken}");
            Assert.All(verdict.Runs, run => Assert.Equal((RunOutcome.Succeeded, acts), (run.State.Outcome!.Value, acts)));
        }

        output.WriteLine($"{acts - 1} acts of the disk between a claim and the end of two runs, each failed once");
        Assert.InRange(acts, 20, 999);
    }

    [Fact]
    public void ADiskThatFillsAtAnyMoment_DelaysUntilThereIsRoom()
    {
        foreach (var moment in Enumerable.Range(0, 100))
        {
            var verdict = Simulator.Run(
                With(new Happening.FillDisk(TimeSpan.FromSeconds(4) + TimeSpan.FromMilliseconds(70 * moment), 0, TimeSpan.FromSeconds(20))), Steady);

            Assert.True(verdict.Broken is null, $"moment {moment}: {verdict.Broken}");
            Assert.All(verdict.Runs, run => Assert.Equal(RunOutcome.Succeeded, run.State.Outcome));
        }
    }

    [Fact]
    public void PowerThatFailsAtAnyActOfTheDisk_LosesNothing()
    {
        foreach (var act in Enumerable.Range(1, 60))
        {
            foreach (var seed in Enumerable.Range(1, 10))
            {
                var history = With(new Happening.KillNodeAtAct(TimeSpan.FromSeconds(3), 0, act, Power: true, TimeSpan.FromSeconds(5))) with { Seed = seed };

                var verdict = Simulator.Run(history, Steady);

                Assert.True(verdict.Broken is null, $"act {act}, seed {seed}: {verdict.Broken}");
                Assert.All(verdict.Runs, run => Assert.Equal(RunOutcome.Succeeded, run.State.Outcome));
            }
        }
    }

    /// <summary>What the killed life had written, the next one reads and acts on: it must last though nobody flushed it.</summary>
    [Fact]
    public void PowerThatFailsSoonAfterAKillAtAnyActOfTheDisk_LosesNothing()
    {
        foreach (var act in Enumerable.Range(1, 60))
        {
            foreach (var second in Enumerable.Range(10, 6))
            {
                var history = With(
                    new Happening.KillNodeAtAct(TimeSpan.FromSeconds(3), 0, act, Power: false, TimeSpan.FromSeconds(5)),
                    new Happening.KillNode(TimeSpan.FromSeconds(second), 0, Power: true, TimeSpan.FromSeconds(2)));

                var verdict = Simulator.Run(history, Steady);

                Assert.True(verdict.Broken is null, $"act {act}, second {second}: {verdict.Broken}");
                Assert.All(verdict.Runs, run => Assert.Equal(RunOutcome.Succeeded, run.State.Outcome));
            }
        }
    }

    private static History With(params IEnumerable<Happening> happenings) => new(1, 2, Weather.Fair, 3, TimeSpan.FromSeconds(60),
    [
        .. happenings,
        new Happening.Submit(TimeSpan.FromSeconds(4), 1, LostNodePolicy.Wait, [0], false, TimeSpan.Zero, TimeSpan.FromMinutes(25), false),
        new Happening.Submit(TimeSpan.FromSeconds(5), 2, LostNodePolicy.Retry, [0], false, TimeSpan.Zero, TimeSpan.FromMinutes(25), false),
    ]);
}
