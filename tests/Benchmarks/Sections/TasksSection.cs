using Vantage.Benchmarks.Load;
using Vantage.Benchmarks.Questions;
using Vantage.Benchmarks.Reporting;
using Vantage.Benchmarks.Wire;

namespace Vantage.Benchmarks.Sections;

/// <summary>Tasks of three targets, submitted by PUT: distinct, signed and sealed before, and once with that done on the way.</summary>
internal static class TasksSection
{
    public const string Name = "tasks";

    public static async Task RunAsync(Bench bench)
    {
        await WarmAsync(bench);
        foreach (var clients in bench.ClientCounts)
        {
            var rows = await RowsAsync(bench, clients);
            var web = await WebAsync(bench, clients);
            var prepared = await SubmitAsync(bench, clients, live: false);
            Add(bench, $"tasks, {clients} clients", prepared.PerSecond, "tasks/s", new("Npgsql, the same rows, a commit each", rows.PerSecond),
                clients == bench.ClientCounts[^1] ? Goal.Min(2000) : null);
            Add(bench, $"tasks, {clients} clients: against bare Kestrel", prepared.PerSecond, "tasks/s", new("Kestrel, the same bytes", web.PerSecond));
            Add(bench, $"tasks, {clients} clients: PUT p50", prepared.P50, "ms", new("Kestrel, the same bytes", web.P50));
            Add(bench, $"tasks, {clients} clients: PUT p99", prepared.P99, "ms", new("Kestrel, the same bytes", web.P99));
            Add(bench, $"tasks, {clients} clients: Coordinator", prepared.CoordinatorMicroseconds, "µs CPU");
            Add(bench, $"tasks, {clients} clients: PostgreSQL", prepared.PostgresMicroseconds, "µs CPU", new("Npgsql, the same rows, a commit each", rows.PostgresMicroseconds));
            Add(bench, $"tasks, {clients} clients: load generator", prepared.GeneratorMicroseconds, "µs CPU");
            Add(bench, $"tasks, {clients} clients: busy altogether", prepared.Cores, "cores");
            var live = await SubmitAsync(bench, clients, live: true);
            Add(bench, $"tasks, {clients} clients, live cryptography", live.PerSecond, "tasks/s", new("pre-signed and pre-sealed", prepared.PerSecond));
        }
    }

    /// <summary>Submits until the pool is empty or the time is up.</summary>
    public static async Task<Measured> SubmitAsync(Bench bench, int clients, bool live)
    {
        var pool = live ? [] : PreparedTask.Make(bench.Federation, PoolFor(bench, clients), bench.Federation.Sites);
        var connections = await ConnectAsync(bench.Coordinator.Url, clients);
        var next = -1;
        var measured = await Clients.RunAsync(clients, bench.Window, bench.Coordinator.ProcessorTime, async client =>
        {
            var i = Interlocked.Increment(ref next);
            if (!live && i >= pool.Length)
            {
                return false;
            }

            var task = live
                ? PreparedTask.Make(bench.Federation, bench.Federation.Researchers[client % bench.Federation.Researchers.Count],
                    [.. Enumerable.Range(0, 3).Select(j => bench.Federation.Sites[((i * 3) + j) % bench.Federation.Sites.Count])])
                : pool[i];
            await PutAsync(connections[client], task);
            return true;
        });
        connections.ForEach(connection => connection.Dispose());
        return measured;
    }

    public static async Task PutAsync(RawHttp connection, PreparedTask task)
    {
        if (await connection.SendAsync(task.Request) is not 201 and var status)
        {
            throw new InvalidOperationException($"A task was answered {status}: {connection.LastAnswer}");
        }
    }

    public static async Task<List<RawHttp>> ConnectAsync(Uri url, int clients)
    {
        var connections = Enumerable.Range(0, clients).Select(_ => new RawHttp(url)).ToList();
        await Task.WhenAll(connections.Select(connection => connection.ConnectAsync()));
        return connections;
    }

    /// <summary>Until the code is compiled as it will stay.</summary>
    private static async Task WarmAsync(Bench bench)
    {
        bench.Report.Progress("warming up");
        var pool = PreparedTask.Make(bench.Federation, bench.Options.Size(4000, 16), bench.Federation.Sites);
        var connections = await ConnectAsync(bench.Coordinator.Url, 8);
        var next = -1;
        await Clients.RunAsync(8, TimeSpan.FromSeconds(30), null, async client =>
        {
            var i = Interlocked.Increment(ref next);
            if (i >= pool.Length)
            {
                return false;
            }

            await PutAsync(connections[client], pool[i]);
            return true;
        });
        connections.ForEach(connection => connection.Dispose());
    }

    private static async Task<Measured> RowsAsync(Bench bench, int clients)
    {
        // As long as a manifest and an input of the prepared tasks.
        var (manifest, input) = (new string('m', 4300), new byte[420]);
        return await Clients.RunAsync(clients, bench.Window / 2, bench.Coordinator.ProcessorTime, async _ =>
        {
            await bench.Rows.InsertTaskAsync(manifest, input);
            return true;
        });
    }

    private static async Task<Measured> WebAsync(Bench bench, int clients)
    {
        var request = PreparedTask.Make(bench.Federation, bench.Federation.Researchers[0], [.. bench.Federation.Sites.Take(3)]).Request;
        var connections = await ConnectAsync(bench.Bare.Url, clients);
        var measured = await Clients.RunAsync(clients, bench.Window / 2, null, async client => await connections[client].SendAsync(request) == 200);
        connections.ForEach(connection => connection.Dispose());
        return measured;
    }

    private static int PoolFor(Bench bench, int clients) => bench.Options.Size(clients == 1 ? 5000 : 12_000, 24);

    private static void Add(Bench bench, string name, double value, string unit, Baseline? baseline = null, Goal? goal = null) =>
        bench.Report.Add(new Figure(Name, name, value, unit, baseline, goal));
}
