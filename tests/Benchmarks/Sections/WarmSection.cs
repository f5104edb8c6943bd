using System.Diagnostics;
using Vantage.Benchmarks.Containers;
using Vantage.Benchmarks.Reporting;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Benchmarks.Sections;

/// <summary>
/// A call of a program that stays, inside the node, from the run's being handed to the executor until result and receipt
/// are sealed on the disk: beside the same run in a fresh container or process.
/// </summary>
internal static class WarmSection
{
    public const string Name = "warm";
    private const int Rounds = 50;

    public static async Task RunAsync(BenchImage image, BenchOptions options, Report report)
    {
        await using var warm = new BenchNode(image, isWarm: true, 1000);
        await using var cold = new BenchNode(image, isWarm: false, 1000);
        var job = JobId.New(TimeProvider.System);
        await warm.RunAsync(BenchNode.Image, job, "partial", "{}");
        var calls = await TimesAsync(options.Size(500, 20), () => warm.RunAsync(BenchNode.Image, job, "partial", "{}"));
        var fresh = await TimesAsync(options.Size(20, 2), () => cold.RunAsync(BenchNode.Image, JobId.New(TimeProvider.System), "partial", "{}"));
        var (p50, p99, start) = (Numbers.Percentile(calls, 0.5), Numbers.Percentile(calls, 0.99), Numbers.Percentile(fresh, 0.5));
        report.Add(new Figure(Name, "a warm call of a container until its result is sealed, p50", p50, "ms", new("a fresh container", start), Goal.Max(10)));
        report.Add(new Figure(Name, "a fresh container takes", start / p50, "times", Goal: Goal.Min(30)));
        report.Add(new Figure(Name, "the same, p99", p99, "ms", new("a fresh container", start)));

        await LogisticAsync(warm, cold, options, report);
    }

    /// <summary>The statistics that ship with the node, as processes: what a client's loop or a central function asks of one site.</summary>
    private static async Task LogisticAsync(BenchNode warm, BenchNode cold, BenchOptions options, Report report)
    {
        var logistic = await warm.BuiltinAsync("logistic");
        var rounds = options.Size(Rounds, 3);
        var kept = await LoopAsync(warm, logistic, rounds);
        var started = await LoopAsync(cold, logistic, rounds);
        report.Add(new Figure(Name, $"{rounds} rounds of logistic regression at a site, 1,000 rows, warm", kept, "s", new("a process each", started)));
    }

    private static async Task<double> LoopAsync(BenchNode node, AlgorithmRef logistic, int rounds)
    {
        var job = JobId.New(TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < rounds; i++)
        {
            await node.RunAsync(logistic, job, "partial", Arguments(i));
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>What LogisticModel's central function asks in a round; every one computes the same amount.</summary>
    private static string Arguments(int round) =>
        """{"columns":["y","x"],"model":{"formula":"y ~ x","weights":null,"texts":[],"levels":{}},"coefficients":null,"direction":null,"without":[],"nullIntercept":"""
        + (round / 100.0).ToString(System.Globalization.CultureInfo.InvariantCulture) + "}";

    private static async Task<List<double>> TimesAsync(int count, Func<Task<double>> run)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            times.Add(await run());
        }

        return times;
    }
}
