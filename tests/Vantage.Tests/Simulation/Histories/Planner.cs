using Vantage.Protocol.Hub;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Simulation.Net;

namespace Vantage.Tests.Simulation.Histories;

/// <summary>Makes a history of a seed: a few tasks, and what goes wrong around them.</summary>
internal static class Planner
{
    public static History Plan(int seed)
    {
        var random = new Random(seed);
        var nodes = 2 + random.Next(2);
        var heals = TimeSpan.FromSeconds(60 + random.Next(180));
        var happenings = new List<Happening>();
        var tasks = 1 + random.Next(4);
        for (var task = 1; task <= tasks; task++)
        {
            var asked = Submit(random, task, nodes, heals);
            if (task > 1 && random.Next(4) == 0)
            {
                asked = asked with { Parent = 1 };
            }

            happenings.Add(asked);
            if (random.Next(3) == 0)
            {
                happenings.Add(new Happening.Cancel(asked.At + Seconds(random, 0, 60), task));
            }
        }

        var faults = random.Next(8);
        for (var i = 0; i < faults; i++)
        {
            happenings.Add(Fault(random, random.Next(nodes), heals));
        }

        return new History(seed, nodes, Weather(random), random.Next(3) switch { 0 => 2, 1 => 15, _ => 90 }, heals,
            [.. happenings.OrderBy(happening => happening.At)]);
    }

    private static Happening.Submit Submit(Random random, int task, int nodes, TimeSpan heals) => new(
        Seconds(random, 0, heals.TotalSeconds * 0.8), task, (LostNodePolicy)random.Next(3),
        [.. Enumerable.Range(0, nodes).Where(_ => random.Next(2) == 0).DefaultIfEmpty(random.Next(nodes))],
        StandIns: random.Next(2) == 0,
        NotBefore: random.Next(6) == 0 ? Seconds(random, 0, 60) : TimeSpan.Zero,
        NotAfter: random.Next(3) == 0 ? Seconds(random, 5, 240) : TimeSpan.FromMinutes(25),
        Twice: random.Next(4) == 0);

    private static Happening Fault(Random random, int node, TimeSpan heals)
    {
        var at = Seconds(random, 0, heals.TotalSeconds);
        return random.Next(20) switch
        {
            0 or 1 => new Happening.KillNode(at, node, Power: false, Seconds(random, 1, 90)),
            2 or 3 => new Happening.KillNode(at, node, Power: true, Seconds(random, 1, 90)),
            4 or 5 or 6 => new Happening.KillNodeAtAct(at, node, 1 + random.Next(30), random.Next(2) == 0, Seconds(random, 1, 60)),
            7 or 8 => new Happening.PauseNode(at, node, Seconds(random, 1, 150)),
            9 or 10 => new Happening.CutNode(at, node, Seconds(random, 1, 150), random.Next(2) == 0),
            11 => new Happening.SetClock(at, node, TimeSpan.FromSeconds(random.Next(-600, 601))),
            12 => new Happening.FillDisk(at, node, Seconds(random, 1, 60)),
            13 => new Happening.FailFlush(at, node),
            14 => new Happening.SetMode(at, node, random.Next(2) == 0 ? NodeMode.Paused : NodeMode.Active),
            19 => new Happening.StopNode(at, node, Seconds(random, 0, 6), Seconds(random, 1, 60)),
            15 => new Happening.Drain(at, node, Seconds(random, 1, 60)),
            16 when random.Next(3) == 0 => new Happening.Revoke(at, node),
            _ => new Happening.KillCoordinator(at, Seconds(random, 1, 100)),
        };
    }

    private static Weather Weather(Random random) => random.Next(4) == 0
        ? Net.Weather.Fair
        : new Weather(
            Loss: Rate(random, 0.05), Twice: Rate(random, 0.1), Overtaking: Rate(random, 0.3), Slow: Rate(random, 0.1),
            Unsure: Rate(random, 0.05));

    private static double Rate(Random random, double most) => random.Next(2) == 0 ? 0 : random.NextDouble() * most;

    private static TimeSpan Seconds(Random random, double from, double to) =>
        TimeSpan.FromMilliseconds(Math.Round((from + (random.NextDouble() * (to - from))) * 1000));
}
