using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Simulation.Histories;
using Vantage.Tests.Simulation.Net;

namespace Vantage.Tests.Simulation.Kills;

/// <summary>One cell of the kill table: this fault when a run is exactly here, under this policy.</summary>
internal static class Kill
{
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(90);

    public static IReadOnlyDictionary<string, Func<World, bool>> States { get; } = new Dictionary<string, Func<World, bool>>
    {
        ["queued"] = world => Phase(world) == RunPhase.Queued,
        ["claimed"] = world => Phase(world) == RunPhase.Leased && Stage(world) == RunStage.Claimed,
        ["running"] = world => Phase(world) == RunPhase.Running,
        ["sealed"] = world => Phase(world) is not (null or RunPhase.Ended) && Stage(world) == RunStage.Sealed,
        ["committed"] = world => Phase(world) == RunPhase.Ended && Stage(world) == RunStage.Sealed,
        ["acknowledged"] = world => Stage(world) == RunStage.Acknowledged,
    };

    public static IReadOnlyDictionary<string, Action<World, Fates>> Faults { get; } = new Dictionary<string, Action<World, Fates>>
    {
        ["nothing"] = (_, _) => { },
        ["kill the Coordinator"] = (world, fates) => fates.Cause(new Happening.KillCoordinator(default, Gone)),
        ["kill the node"] = (world, fates) => fates.Cause(new Happening.KillNode(default, 0, Power: false, Gone)),
        ["cut the node's power"] = (world, fates) => fates.Cause(new Happening.KillNode(default, 0, Power: true, Gone)),
        ["kill both"] = (world, fates) =>
        {
            fates.Cause(new Happening.KillCoordinator(default, Gone));
            fates.Cause(new Happening.KillNode(default, 0, Power: false, Gone));
        },
        ["pause the node past its lease"] = (world, fates) => fates.Cause(new Happening.PauseNode(default, 0, Gone)),
        ["cut the net"] = (world, fates) => fates.Cause(new Happening.CutNode(default, 0, Gone, Told: false)),
        ["break the database's commits"] = (world, _) => During(world, Weather.Fair with { Unsure = 0.7 }),
        ["every request twice"] = (world, _) => During(world, Weather.Fair with { Twice = 1 }),
        ["late and out of order"] = (world, _) => During(world, Weather.Fair with { Slow = 0.5, Overtaking = 1 }),
        ["clock + 10 min"] = (world, fates) => fates.Cause(new Happening.SetClock(default, 0, TimeSpan.FromMinutes(10))),
        ["clock − 10 min"] = (world, fates) => fates.Cause(new Happening.SetClock(default, 0, TimeSpan.FromMinutes(-10))),
        ["fill the disk"] = (world, fates) => fates.Cause(new Happening.FillDisk(default, 0, Gone)),
    };

    public static Verdict Try(LostNodePolicy policy, string state, string fault, bool tells = false)
    {
        var history = new History(1, 2, Weather.Fair, 1, TimeSpan.FromSeconds(180),
        [
            new Happening.Submit(TimeSpan.FromSeconds(5), 1, policy, [0], StandIns: false, TimeSpan.Zero, TimeSpan.FromMinutes(30), Twice: false),
        ]);
        var trigger = new Trigger(States[state], Faults[fault]);
        var verdict = Simulator.Run(history, new Rules { Work = Work }, tells, trigger);
        Assert.True(trigger.IsPulled, $"the run was never {state}");
        return verdict;
    }

    private static void During(World world, Weather weather)
    {
        world.Weather = weather;
        world.Scheduler.After(TimeSpan.FromSeconds(60), () => world.Weather = Weather.Fair);
    }

    private static RunPhase? Phase(World world) => world.StoreLaws.Runs is [var run, ..] ? run.State.Phase : null;

    private static RunStage? Stage(World world) =>
        world.Nodes[0].Process?.Journal.Book.Entries.Values.FirstOrDefault()?.Stage;
}
