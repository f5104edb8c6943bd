using System.Diagnostics;
using Vantage.Benchmarks.Baselines;
using Vantage.Benchmarks.Partners;
using Vantage.Benchmarks.Processes;
using Vantage.Benchmarks.Reporting;

namespace Vantage.Benchmarks.Sections;

/// <summary>Many connected nodes: what they cost in memory and processor time, and how they come back after a restart.</summary>
internal static class CrowdSection
{
    public const string Memory = "memory";
    public const string Reconnect = "reconnect";

    public static async Task RunAsync(RunningCoordinator coordinator, BenchOptions options, Report report)
    {
        var tokens = await Crowd.SettleAsync(coordinator, options.Size(5000, 12));
        var (few, many) = (options.Size(1000, 6), tokens.Count);
        var bare = await BareAsync(options, few, many);
        await Task.Delay(options.Size(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200)));
        var idle = ProcessorTime.ResidentMiB(coordinator.Id);
        using var enough = new CancellationTokenSource();
        var random = new Random(7);
        var nodes = tokens.Select(token => new IdleNode(coordinator.Url, token, random)).ToList();
        var lives = new List<Task>();
        await ArriveAsync(nodes.Take(few), lives, report, enough.Token);
        if (options.Has(Memory))
        {
            report.Add(new Figure(Memory, "Coordinator, nobody connected", idle, "MiB", new("bare Kestrel", bare.Idle)));
            await WeighAsync(coordinator, options, report, idle, few, bare.Few, Goal.Max(64));
        }

        if (options.Has(Reconnect))
        {
            await ComeBackAsync(coordinator, nodes.Take(few).ToList(), bare.Seconds, report);
        }

        if (options.Has(Memory))
        {
            await ArriveAsync(nodes.Skip(few), lives, report, enough.Token);
            await WeighAsync(coordinator, options, report, idle, many, bare.Many, null);
        }

        await enough.CancelAsync();
        await Task.WhenAll(lives);
    }

    private static async Task<(double Idle, double Few, double Many, double Seconds)> BareAsync(BenchOptions options, int few, int many)
    {
        await using var bare = await BareCrowd.StartAsync(options);
        var seconds = await bare.GrowToAsync(few);
        var added = bare.AddedMiB;
        await bare.GrowToAsync(many);
        return (bare.IdleMiB, added, bare.AddedMiB, seconds);
    }

    private static async Task ArriveAsync(IEnumerable<IdleNode> nodes, List<Task> lives, Report report, CancellationToken cancellationToken)
    {
        var arriving = nodes.ToList();
        report.Progress($"{arriving.Count} nodes connect");
        foreach (var some in arriving.Chunk(50))
        {
            lives.AddRange(some.Select(node => node.LiveAsync(cancellationToken)));
            await UntilAsync(() => some.All(node => node.UpSince > 0), TimeSpan.FromMinutes(2));
        }
    }

    /// <summary>After a round of heartbeats, so that what connecting needed once has gone.</summary>
    private static async Task WeighAsync(
        RunningCoordinator coordinator, BenchOptions options, Report report, double idle, int nodes, double bare, Goal? goal)
    {
        var window = options.Size(TimeSpan.FromSeconds(12), TimeSpan.FromMilliseconds(300));
        var before = coordinator.ProcessorTime();
        await Task.Delay(window);
        var spent = coordinator.ProcessorTime().Since(before);
        var now = ProcessorTime.ResidentMiB(coordinator.Id);
        report.Add(new Figure(Memory, $"Coordinator, {nodes:#,0} nodes connected", now, "MiB", new("nobody connected", idle)));
        report.Add(new Figure(Memory, $"what {nodes:#,0} nodes add", now - idle, "MiB", new("as many bare WebSockets", bare), goal));
        report.Add(new Figure(Memory, $"{nodes:#,0} nodes that only beat: Coordinator", 100 * spent.Coordinator / window, "% core"));
        report.Add(new Figure(Memory, $"{nodes:#,0} nodes that only beat: PostgreSQL", 100 * spent.Postgres / window, "% core"));
    }

    /// <summary>The Coordinator stops, and starts at the same address; each node comes back in its own time.</summary>
    private static async Task ComeBackAsync(RunningCoordinator coordinator, List<IdleNode> nodes, double bare, Report report)
    {
        report.Progress($"the Coordinator restarts under {nodes.Count} nodes");
        var failed = nodes.Sum(node => node.Failures);
        await coordinator.StopAsync();
        await UntilAsync(() => nodes.All(node => node.UpSince == 0), TimeSpan.FromMinutes(2));
        await coordinator.StartAgainAsync();
        var ready = Stopwatch.GetTimestamp();
        var before = coordinator.ProcessorTime();
        await UntilAsync(() => nodes.All(node => node.UpSince > 0), TimeSpan.FromMinutes(3));
        var spent = coordinator.ProcessorTime().Since(before);
        var back = nodes.Select(node => Stopwatch.GetElapsedTime(ready, node.UpSince).TotalSeconds).ToList();
        report.Add(new Figure(Reconnect, $"{nodes.Count:#,0} nodes back after the Coordinator was ready: half", Numbers.Percentile(back, 0.5), "s"));
        report.Add(new Figure(Reconnect, $"{nodes.Count:#,0} nodes back after the Coordinator was ready: all", back.Max(), "s",
            new("as many bare WebSockets, fifty at a time", bare), Goal.Max(30)));
        report.Add(new Figure(Reconnect, "tries that failed, a node", (nodes.Sum(node => node.Failures) - failed) / (double)nodes.Count, "tries"));
        report.Add(new Figure(Reconnect, "most back within one second", back.GroupBy(time => (int)time).Max(second => second.Count()), "nodes"));
        report.Add(new Figure(Reconnect, "Coordinator, a node that comes back", spent.Coordinator.TotalMicroseconds / nodes.Count, "µs CPU"));
        report.Add(new Figure(Reconnect, "PostgreSQL, a node that comes back", spent.Postgres.TotalMicroseconds / nodes.Count, "µs CPU"));
    }

    private static async Task UntilAsync(Func<bool> holds, TimeSpan atMost)
    {
        var began = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(began) > atMost)
            {
                throw new TimeoutException($"Not all nodes were where they should be within {atMost}.");
            }

            await Task.Delay(20);
        }
    }
}
