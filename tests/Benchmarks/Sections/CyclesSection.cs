using Vantage.Benchmarks.Baselines;
using Vantage.Benchmarks.Load;
using Vantage.Benchmarks.Partners;
using Vantage.Benchmarks.Questions;
using Vantage.Benchmarks.Reporting;
using Vantage.Benchmarks.Wire;

namespace Vantage.Benchmarks.Sections;

/// <summary>Runs from claim to commit over the hub: claim one, report that it started, commit a sealed result of 1 KiB.</summary>
internal static class CyclesSection
{
    public const string Name = "cycles";

    public static async Task RunAsync(Bench bench)
    {
        await CycleAsync(bench, bench.Options.Size(8, 2), bench.Options.Size(1000, 6), live: false);
        foreach (var clients in bench.ClientCounts)
        {
            var rows = await RowsAsync(bench, clients);
            var echo = await EchoAsync(bench, clients);
            var prepared = await CycleAsync(bench, clients, RunsFor(bench, clients), live: false);
            Add(bench, $"cycles, {clients} nodes", prepared.PerSecond, "runs/s", new("Npgsql, the same rows, three commits each", rows.PerSecond),
                clients == bench.ClientCounts[^1] ? Goal.Min(1000) : null);
            Add(bench, $"cycles, {clients} nodes: against bare WebSockets", prepared.PerSecond, "runs/s", new("three echoes each", echo.PerSecond));
            Add(bench, $"cycles, {clients} nodes: p50", prepared.P50, "ms", new("three echoes each", echo.P50));
            Add(bench, $"cycles, {clients} nodes: p99", prepared.P99, "ms", new("three echoes each", echo.P99));
            Add(bench, $"cycles, {clients} nodes: Coordinator", prepared.CoordinatorMicroseconds, "µs CPU");
            Add(bench, $"cycles, {clients} nodes: PostgreSQL", prepared.PostgresMicroseconds, "µs CPU", new("Npgsql, the same rows, three commits each", rows.PostgresMicroseconds));
            Add(bench, $"cycles, {clients} nodes: load generator", prepared.GeneratorMicroseconds, "µs CPU");
            Add(bench, $"cycles, {clients} nodes: busy altogether", prepared.Cores, "cores");
            var live = await CycleAsync(bench, clients, RunsFor(bench, clients), live: true);
            Add(bench, $"cycles, {clients} nodes, live cryptography", live.PerSecond, "runs/s", new("pre-signed and pre-sealed", prepared.PerSecond));
        }
    }

    /// <summary>Offers so many runs to so many nodes, then lets the nodes work them off.</summary>
    public static async Task<Measured> CycleAsync(Bench bench, int nodes, int runs, bool live)
    {
        var sites = bench.Federation.Workers.Take(nodes).ToList();
        await DrainAsync(bench, sites);
        var tasks = PreparedTask.Make(bench.Federation, (runs + 2) / 3, sites);
        var submitting = await TasksSection.ConnectAsync(bench.Coordinator.Url, 8);
        await Parallel.ForAsync(0, 8, async (client, _) =>
        {
            for (var i = client; i < tasks.Length; i += 8)
            {
                await TasksSection.PutAsync(submitting[client], tasks[i]);
            }
        });
        submitting.ForEach(connection => connection.Dispose());
        var ends = tasks.SelectMany(task => task.Runs.Select(run => (run.Run, run.Site, Task: task))).ToDictionary(run => run.Run);
        var prepared = live ? null : ends.AsParallel().ToDictionary(end => end.Key, end => PreparedEnd.Message(end.Value.Task, end.Key, end.Value.Site));
        var links = await ConnectAsync(sites);
        var measured = await Clients.RunAsync(nodes, bench.Window, bench.Coordinator.ProcessorTime, async node =>
        {
            var claim = ClaimAnswer.Runs(await links[node].CallAsync(Beats.ClaimOne, CancellationToken.None));
            if (claim is not [var run])
            {
                return false;
            }

            await links[node].CallAsync(Beats.Running([run]), CancellationToken.None);
            var commit = prepared?[run] ?? PreparedEnd.Message(ends[run].Task, run, ends[run].Site);
            ClaimAnswer.RequireCommitted(await links[node].CallAsync(commit, CancellationToken.None));
            return true;
        });
        await LeaveAsync(links);
        return measured;
    }

    public static async Task<List<HubSocket>> ConnectAsync(IEnumerable<Site> sites)
    {
        var links = new List<HubSocket>();
        foreach (var site in sites)
        {
            links.Add(await site.ConnectAsync(CancellationToken.None));
        }

        return links;
    }

    public static async Task LeaveAsync(IEnumerable<HubSocket> links)
    {
        foreach (var link in links)
        {
            await link.DisposeAsync();
        }
    }

    /// <summary>Takes away what earlier figures left queued, so that only what is known here is claimed: it is claimed and let lie.</summary>
    private static async Task DrainAsync(Bench bench, IReadOnlyList<Site> sites)
    {
        var links = await ConnectAsync(sites);
        var all = Beats.Claim(32);
        await Task.WhenAll(links.Select(async link =>
        {
            while (ClaimAnswer.Count(await link.CallAsync(all, CancellationToken.None)) > 0)
            {
                // More may wait.
            }
        }));
        await LeaveAsync(links);
        bench.Report.Progress($"  {sites.Count} nodes have nothing waiting");
    }

    private static async Task<Measured> RowsAsync(Bench bench, int clients)
    {
        var most = RunsFor(bench, clients);
        var (manifest, input, receipt, result) = (new string('m', 4300), new byte[420], new string('r', 2600), new byte[1270]);
        for (var i = 0; i < most; i += 3)
        {
            await bench.Rows.InsertTaskAsync(manifest, input);
            if (i > 3 * 500)
            {
                break;
            }
        }

        var runs = await bench.Rows.QueuedAsync(most);
        var next = -1;
        return await Clients.RunAsync(clients, bench.Window / 2, bench.Coordinator.ProcessorTime, async _ =>
        {
            if (Interlocked.Increment(ref next) is var i && i >= runs.Count)
            {
                return false;
            }

            await bench.Rows.CycleAsync(runs[i], receipt, result);
            return true;
        });
    }

    private static async Task<Measured> EchoAsync(Bench bench, int clients)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => EchoSocket.ConnectAsync(bench.Bare.Url)));
        var (small, large) = (new byte[120], new byte[5200]);
        var measured = await Clients.RunAsync(clients, bench.Window / 3, null, async client =>
        {
            await sockets[client].EchoAsync(small);
            await sockets[client].EchoAsync(small);
            await sockets[client].EchoAsync(large);
            return true;
        });
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        return measured;
    }

    private static int RunsFor(Bench bench, int clients) => bench.Options.Size(clients == 1 ? 3000 : 7000, 12);

    private static void Add(Bench bench, string name, double value, string unit, Baseline? baseline = null, Goal? goal = null) =>
        bench.Report.Add(new Figure(Name, name, value, unit, baseline, goal));
}
