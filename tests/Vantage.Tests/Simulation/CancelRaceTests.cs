using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Simulation.Histories;
using Vantage.Tests.Simulation.Net;

namespace Vantage.Tests.Simulation;

/// <summary>A cancel that meets a finish: one outcome, known to both sides, whichever it is.</summary>
public sealed class CancelRaceTests(ITestOutputHelper output)
{
    [Fact]
    public void ACancelRacingAFinish_HasOneOutcome_AThousandTimes()
    {
        var outcomes = new Dictionary<RunOutcome, int>();
        foreach (var seed in Enumerable.Range(1, 1000))
        {
            var history = Race(seed);

            var verdict = Simulator.Run(history, new Rules { Work = TimeSpan.FromSeconds(1) });

            Assert.True(verdict.Broken is null, $"seed {seed}: {verdict.Broken}");
            foreach (var run in verdict.Runs)
            {
                var outcome = run.State.Outcome!.Value;
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
        }

        output.WriteLine(string.Join(", ", outcomes.Select(outcome => $"{outcome.Key} {outcome.Value}")));
        Assert.True(outcomes.GetValueOrDefault(RunOutcome.Cancelled) > 100, "it is a race");
        Assert.True(outcomes.GetValueOrDefault(RunOutcome.Succeeded) > 100, "it is a race");
    }

    /// <summary>Work takes between one and three seconds from the claim; the cancel comes somewhere in there.</summary>
    private static History Race(int seed)
    {
        var random = new Random(seed);
        var at = TimeSpan.FromSeconds(5);
        var weather = seed % 4 == 0 ? new Weather(Loss: 0.02, Twice: 0.1, Overtaking: 0.2, Slow: 0.02, Unsure: 0.05) : Weather.Fair;
        return new History(seed, 2, weather, 2, TimeSpan.FromSeconds(20),
        [
            new Happening.Submit(at, 1, (LostNodePolicy)random.Next(3), [0, 1], StandIns: false, TimeSpan.Zero, TimeSpan.FromMinutes(25), Twice: false),
            new Happening.Cancel(at + TimeSpan.FromMilliseconds(1000 + random.Next(2300)), 1),
        ]);
    }
}
