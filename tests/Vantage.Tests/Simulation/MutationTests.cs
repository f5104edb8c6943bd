using Vantage.Coordinator.Tasks.Store;
using Vantage.Tests.Simulation.Disks;
using Vantage.Tests.Simulation.Histories;
using Vantage.Tests.Simulation.Mutants;

namespace Vantage.Tests.Simulation;

/// <summary>The simulator can fail: each rule, once broken, is found out within so many histories.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Within = 6_000;

    public static TheoryData<string> Mutants => [.. All.Keys];

    private static Dictionary<string, Rules> All { get; } = new()
    {
        ["the journal is acknowledged before it is flushed"] = new() { Disk = random => new SimDisk(random) { LiesAboutFlushing = true } },
        ["a commit of any epoch is taken"] = Broken((store, world) => new UnfencedStore(store, world)),
        ["a second commit replaces the first"] = Broken((store, _) => new ForgetfulStore(store)),
        ["a claim does not count the epoch up"] = Broken((store, _) => new EpochlessStore(store)),
        ["nobody sweeps"] = Broken((store, _) => new UnsweptStore(store)),
        ["what a node does not hold is not offered again"] = Broken((store, world) => new TrustingStore(store, world)),
        ["a cancel overrides what was committed"] = Broken((store, _) => new CancellingStore(store)),
        ["nodes are told a lease three times as long"] = new() { ToldLease = 3 },
        ["nodes take their lease from the wall clock"] = new() { LeaseByWallClock = true },
    };

    [Theory]
    [MemberData(nameof(Mutants))]
    public void ABrokenRule_IsFoundOut(string mutant)
    {
        var rules = All[mutant];

        var found = Enumerable.Range(1, Within)
            .Select(seed => (History: Planner.Plan(seed), Verdict: Simulator.Run(Planner.Plan(seed), rules)))
            .FirstOrDefault(run => run.Verdict.Broken is not null);

        Assert.True(found.Verdict is not null, $"{Within} histories and nobody noticed that {mutant}.");
        output.WriteLine($"{mutant}: seed {found.History.Seed}, {found.Verdict.Broken}");
    }

    private static Rules Broken(Func<IRunStore, World, MutantStore> store) => new() { Store = store };
}
