using System.Diagnostics;
using System.Threading.Channels;
using Vantage.Benchmarks.Baselines;
using Vantage.Benchmarks.Load;
using Vantage.Benchmarks.Questions;
using Vantage.Benchmarks.Reporting;
using Vantage.Benchmarks.Wire;

namespace Vantage.Benchmarks.Sections;

/// <summary>From sending a PUT until its node has heard that there is work: alone, and while eight others submit.</summary>
internal static class ToldSection
{
    public const string Name = "told";

    public static async Task RunAsync(Bench bench)
    {
        var bare = await BareAsync(bench);
        foreach (var (others, pace, when) in new[] { (0, 0, "idle"), (8, 400, "8 submitters, 400 tasks/s together"), (8, 0, "8 submitters at full speed") })
        {
            var told = await ProbeAsync(bench, others, pace);
            Add(bench, $"PUT → node told, {when}: p50", told, 0.50, bare, Goal.Max(2));
            Add(bench, $"PUT → node told, {when}: p99", told, 0.99, bare, Goal.Max(10));
        }
    }

    /// <param name="bench">Where.</param>
    /// <param name="others">How many submit to other nodes meanwhile.</param>
    /// <param name="pace">Tasks a second that they submit together; 0 is as fast as they are answered.</param>
    public static async Task<IReadOnlyList<double>> ProbeAsync(Bench bench, int others, int pace)
    {
        IReadOnlyList<Partners.Site> asked = [.. bench.Federation.Sites.TakeLast(3)];
        var elsewhere = bench.Federation.Sites.Take(bench.Federation.Sites.Count - 3).ToList();
        var probes = PreparedTask.Make(bench.Federation, bench.Options.Size(1500, 6), asked);
        await using var link = await asked[0].ConnectAsync(CancellationToken.None);
        var hints = Channel.CreateUnbounded<long>();
        link.WorkAvailable = () => hints.Writer.TryWrite(Stopwatch.GetTimestamp());
        using var enough = new CancellationTokenSource();
        var submitting = SubmitAsync(bench, elsewhere, others, pace, enough.Token);
        using var connection = (await TasksSection.ConnectAsync(bench.Coordinator.Url, 1))[0];
        var times = new List<double>();
        var began = Stopwatch.GetTimestamp();
        foreach (var probe in probes)
        {
            if (Stopwatch.GetElapsedTime(began) > bench.Window)
            {
                break;
            }

            while (hints.Reader.TryRead(out _))
            {
                // Of an earlier question.
            }

            var sent = Stopwatch.GetTimestamp();
            var answered = TasksSection.PutAsync(connection, probe);
            var heard = await hints.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            await answered;
            times.Add(Stopwatch.GetElapsedTime(sent, heard).TotalMilliseconds);
        }

        await enough.CancelAsync();
        await submitting;
        return times;
    }

    private static async Task SubmitAsync(Bench bench, IReadOnlyList<Partners.Site> sites, int clients, int pace, CancellationToken enough)
    {
        if (clients == 0)
        {
            return;
        }

        var pool = PreparedTask.Make(bench.Federation, bench.Options.Size(pace > 0 ? pace * 7 : 14_000, 24), sites);
        var connections = await TasksSection.ConnectAsync(bench.Coordinator.Url, clients);
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Clients.RunAsync(clients, TimeSpan.FromMinutes(1), null, async client =>
        {
            var i = Interlocked.Increment(ref next);
            if (i >= pool.Length || enough.IsCancellationRequested)
            {
                return false;
            }

            if (pace > 0 && TimeSpan.FromSeconds((double)i / pace) - Stopwatch.GetElapsedTime(began) is var early && early > TimeSpan.Zero)
            {
                await Task.Delay(early, CancellationToken.None);
            }

            await TasksSection.PutAsync(connections[client], pool[i]);
            return true;
        });
        connections.ForEach(connection => connection.Dispose());
    }

    private static async Task<IReadOnlyList<double>> BareAsync(Bench bench)
    {
        var body = new byte[7000];
        var request = RawHttp.Request("PUT", "/told", null, body);
        using var connection = (await TasksSection.ConnectAsync(bench.Bare.Url, 1))[0];
        using var node = await EchoSocket.ConnectAsync(bench.Bare.Url);
        await node.EchoAsync(new byte[10]);
        var times = new List<double>();
        for (var i = 0; i < bench.Options.Size(1000, 6); i++)
        {
            var heard = node.HearAsync();
            var sent = Stopwatch.GetTimestamp();
            await connection.SendAsync(request);
            times.Add(Stopwatch.GetElapsedTime(sent, await heard).TotalMilliseconds);
        }

        return times;
    }

    private static void Add(Bench bench, string name, IReadOnlyList<double> times, double share, IReadOnlyList<double> bare, Goal goal) =>
        bench.Report.Add(new Figure(Name, name, Numbers.Percentile(times, share), "ms",
            new("Kestrel, one row, one WebSocket, idle", Numbers.Percentile(bare, share)), goal));
}
