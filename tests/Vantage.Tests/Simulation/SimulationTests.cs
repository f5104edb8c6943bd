using System.Diagnostics;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.Simulation.Histories;

namespace Vantage.Tests.Simulation;

/// <summary>
/// Whole federations through histories of faults: in none of them is anything lost, done twice or stuck. A failure names
/// its seed; <c>VANTAGE_SEED</c> replays it alone, <c>VANTAGE_HISTORIES</c> sets how many there are; both: so many from that seed on.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak";

    private static readonly int? Seed = Number("VANTAGE_SEED");

    private static readonly int Histories = Number("VANTAGE_HISTORIES") ?? (Seed is not null ? 1 : IsSoak ? 1_000_000 : 5_000);

    [Fact]
    public void InEveryHistory_AllLawsHold()
    {
        var seeds = Enumerable.Range(Seed ?? 1, Histories);
        var outcomes = new int[Enum.GetValues<RunOutcome>().Length];
        var (events, begun, failing) = (0L, 0L, new Lock());
        (History History, Verdict Verdict)? first = null;
        var watch = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;

        Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (one, loop) =>
        {
            var history = Planner.Plan(one);
            var verdict = Simulator.Run(history, Rules.Kept);
            Interlocked.Add(ref events, verdict.Events);
            Interlocked.Add(ref begun, verdict.Begun);
            foreach (var run in verdict.Runs)
            {
                Interlocked.Increment(ref outcomes[(int)run.State.Outcome.GetValueOrDefault()]);
            }

            if (verdict.Broken is not null)
            {
                lock (failing)
                {
                    first = first is { } known && known.History.Seed < one ? first : (history, verdict);
                }

                loop.Break();
            }
        });

        output.WriteLine($"{seeds.Count()} histories in {watch.Elapsed.TotalSeconds:0.0} s ({(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} s of CPU in this process), {events / 1_000_000.0:0.0} million events, {begun} works begun; "
            + $"runs ended {string.Join(", ", Enum.GetValues<RunOutcome>().Select(outcome => $"{outcome} {outcomes[(int)outcome]}"))}");
        Assert.True(first is null, first is { } f ? Report.Of(f.History, f.Verdict, Rules.Kept) : "");
    }

    [Fact]
    public void ASeed_AlwaysGoesTheSameWay()
    {
        foreach (var seed in Enumerable.Range(1, 40))
        {
            var history = Planner.Plan(seed);

            var once = Simulator.Run(history, Rules.Kept, tells: true);
            var again = Simulator.Run(history, Rules.Kept, tells: true);

            Assert.Equal(once.Trace, again.Trace);
        }
    }

    private static int? Number(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), out var told) ? told : null;
}
