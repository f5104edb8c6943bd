using Federation.Tests.Failures.Points;
using Federation.Tests.Links;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Failures;

/// <summary>Does harm at random, from a seed: which harm to whom is the seed's, what it meets there is the machine's.</summary>
internal sealed class Gremlin(FailingFederation federation, Random random, CancellationToken stop)
{
    private readonly SortedDictionary<string, int> done = new(StringComparer.Ordinal);

    private World World => federation.World;

    public async Task StrikeAsync()
    {
        await Task.Delay(random.Next(0, 1500), stop);
        var site = World.Sites[random.Next(World.Sites.Count)];
        var line = random.Next(3) == 0 ? federation.ResearchersLine : federation.Line;
        switch (random.Next(10))
        {
            case 0 or 1:
                Count("kill Coordinator");
                await World.Coordinator.KillAloneAsync(stop);
                World.LaunchCoordinator(Arming(CoordinatorFailpoints.All));
                break;
            case 2 or 3 or 4:
                Count("kill node");
                await site.Process!.KillAloneAsync(stop);
                World.LaunchNode(site, Arming(NodeFailpoints.All));
                break;
            case 5:
                Count("kill both");
                await World.Coordinator.KillAloneAsync(stop);
                await site.Process!.KillAloneAsync(stop);
                World.LaunchNode(site);
                World.LaunchCoordinator();
                break;
            case 6:
                Count("freeze node");
                await FreezeAsync(site.Process!, random.Next(0, 9000));
                break;
            case 7:
                Count("freeze Coordinator");
                await FreezeAsync(World.Coordinator, random.Next(0, 3000));
                break;
            case 8:
                Count("cut");
                line.Cut();
                break;
            default:
                Count("cut after bytes");
                _ = line.CutAfter(random.Next(1, 10 << 20), random.Next(2) == 0 ? Direction.Up : Direction.Down);
                break;
        }

        await ReviveAsync();
    }

    /// <summary>Everybody lives, unarmed, and all lines are sound.</summary>
    public async Task MendAsync()
    {
        await World.Coordinator.KillAloneAsync(stop);
        await World.StartCoordinatorAsync();
        foreach (var site in World.Sites)
        {
            await site.Process!.KillAloneAsync(stop);
            World.LaunchNode(site);
        }
    }

    public override string ToString() => string.Join(", ", done.Select(kind => $"{kind.Value} {kind.Key}"));

    /// <summary>Those that died at a failpoint are started again, without one.</summary>
    private async Task ReviveAsync()
    {
        if (World.Coordinator.HasExited)
        {
            Count("at a failpoint");
            await World.StartCoordinatorAsync();
        }

        foreach (var site in World.Sites.Where(site => site.Process!.HasExited))
        {
            Count("at a failpoint");
            World.LaunchNode(site);
        }
    }

    private string? Arming(IReadOnlyList<FailpointCase> points) =>
        random.Next(2) == 0 ? null : points[random.Next(points.Count)].Arming;

    private async Task FreezeAsync(ChildProcess process, int milliseconds)
    {
        await process.FreezeAsync(stop);
        await Task.Delay(milliseconds, stop);
        await process.ThawAsync(stop);
    }

    private void Count(string what) => done[what] = done.GetValueOrDefault(what) + 1;
}
