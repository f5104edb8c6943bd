using System.Diagnostics;
using Federation.Tests.Failures.Points;
using Federation.Tests.Links;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Failures;

/// <summary>
/// Does harm at random, from a seed: which harm to whom is the seed's, what it meets there is the machine's. It mostly kills,
/// often several programs within one breath, each at a moment of its own.
/// </summary>
internal sealed class Gremlin(FailingFederation federation, Random random, CancellationToken stop)
{
    private const string AtFailpoint = "died at a failpoint";
    private static readonly TimeSpan RisesWithin = TimeSpan.FromSeconds(3);
    private readonly SortedDictionary<string, int> done = new(StringComparer.Ordinal);
    private readonly List<Task> thawing = [];
    private readonly List<Task> rising = [];
    private int kills;

    /// <summary>Programs that were killed, by a signal at any moment or by themselves at an armed step; mending counts for none.</summary>
    public int Kills => kills;

    private World World => federation.World;

    public async Task StrikeAsync()
    {
        if (random.Next(4) > 0)
        {
            // Mostly what was struck before is at work again; else it is struck while it mends.
            await Task.WhenAny(Task.WhenAll(rising), Task.Delay(RisesWithin, stop));
        }

        rising.Clear();
        await Task.Delay(random.Next(0, 1000), stop);
        var line = random.Next(3) == 0 ? federation.ResearchersLine : federation.Line;
        switch (random.Next(20))
        {
            case 0:
                Count("freeze node");
                thawing.Add(FreezeAsync(World.Sites[random.Next(World.Sites.Count)].Process!, random.Next(0, 9000)));
                break;
            case 1:
                Count("freeze Coordinator");
                thawing.Add(FreezeAsync(World.Coordinator, random.Next(0, 3000)));
                break;
            case 2:
                Count("cut");
                line.Cut();
                break;
            case 3:
                Count("cut after bytes");
                _ = line.CutAfter(random.Next(1, 10 << 20), random.Next(2) == 0 ? Direction.Up : Direction.Down);
                break;
            case 4:
                KillDatabase();
                break;
            default:
                rising.AddRange((await Task.WhenAll(Victims().ToList())).Select(RiseAsync));
                break;
        }

        await ReviveAsync();
    }

    /// <summary>Everybody lives, unarmed, and all lines are sound.</summary>
    public async Task MendAsync()
    {
        await Task.WhenAll(thawing);
        thawing.Clear();
        await World.Coordinator.KillAloneAsync(stop);
        await World.StartCoordinatorAsync();
        foreach (var site in World.Sites)
        {
            await site.Process!.KillAloneAsync(stop);
            World.LaunchNode(site);
        }
    }

    public override string ToString() => string.Join(", ", done.Select(kind => $"{kind.Value} {kind.Key}"));

    /// <summary>The Coordinator, or some of the nodes, or both.</summary>
    private IEnumerable<Task<ChildProcess>> Victims()
    {
        var coordinator = random.Next(3) == 0;
        if (coordinator)
        {
            var (moment, arming) = (Moment(), Arming(CoordinatorFailpoints.All));
            yield return KillAsync("kill Coordinator", moment, () => World.Coordinator, () => World.LaunchCoordinator(arming));
        }

        var sure = coordinator ? null : World.Sites[random.Next(World.Sites.Count)];
        foreach (var site in World.Sites.Where(site => site == sure || random.Next(3) > 0))
        {
            var (moment, arming) = (Moment(), Arming(NodeFailpoints.All));
            yield return KillAsync("kill node", moment, () => site.Process!, () => World.LaunchNode(site, arming));
        }
    }

    private async Task<ChildProcess> KillAsync(string what, TimeSpan moment, Func<ChildProcess> victim, Func<ChildProcess> revive)
    {
        await Task.Delay(moment, stop);
        var dies = victim();
        Killed(dies.HasExited ? AtFailpoint : what);
        await dies.KillAloneAsync(stop);
        return revive();
    }

    /// <summary>PostgreSQL under the Coordinator's feet; it starts another as soon as it misses it.</summary>
    private void KillDatabase()
    {
        if (World.Postmaster() is { } postmaster)
        {
            try
            {
                Process.GetProcessById(postmaster).Kill();
                Killed("kill PostgreSQL");
            }
            catch (ArgumentException)
            {
                // It is dead, and the Coordinator has not yet noticed.
            }
        }
    }

    /// <summary>Those that died at a failpoint are started again, without one.</summary>
    private async Task ReviveAsync()
    {
        if (World.Coordinator.HasExited)
        {
            Killed(AtFailpoint);
            await World.StartCoordinatorAsync();
        }

        foreach (var site in World.Sites.Where(site => site.Process!.HasExited))
        {
            Killed(AtFailpoint);
            rising.Add(RiseAsync(World.LaunchNode(site)));
        }
    }

    /// <summary>Until it is at work, or has died of what it was armed with.</summary>
    private async Task RiseAsync(ChildProcess process)
    {
        try
        {
            await World.ReadyAsync(process);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            // Struck again before it was.
        }
    }

    private TimeSpan Moment() => TimeSpan.FromMilliseconds(random.Next(0, 300));

    private string? Arming(IReadOnlyList<FailpointCase> points) =>
        random.Next(2) == 0 ? null : points[random.Next(points.Count)].Arming;

    /// <summary>It may be killed meanwhile, like any other.</summary>
    private async Task FreezeAsync(ChildProcess process, int milliseconds)
    {
        if (process.HasExited)
        {
            return;
        }

        await process.FreezeAsync(stop);
        await Task.Delay(milliseconds, stop);
        if (!process.HasExited)
        {
            await process.ThawAsync(stop);
        }
    }

    private void Killed(string what)
    {
        Interlocked.Increment(ref kills);
        Count(what);
    }

    private void Count(string what)
    {
        lock (done)
        {
            done[what] = done.GetValueOrDefault(what) + 1;
        }
    }
}
