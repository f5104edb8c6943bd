using System.Diagnostics;
using Vantage.Benchmarks.Containers;
using Vantage.Benchmarks.Reporting;
using Vantage.Protocol.Ids;

namespace Vantage.Benchmarks.Sections;

/// <summary>A run in a container of its own, inside the node, beside the same container by the Engine API alone.</summary>
internal static class ContainersSection
{
    public const string Name = "containers";
    private const int Rows = 1000;

    public static async Task RunAsync(BenchImage image, BenchOptions options, Report report)
    {
        await using var node = new BenchNode(image, isWarm: false, Rows);
        await using var bare = await BareContainer.PrepareAsync(image, node.Mark, Rows);
        Task<double> RunAsync() => node.RunAsync(BenchNode.Image, JobId.New(TimeProvider.System), "partial", "{}");
        await RunAsync();
        await bare.RunAsync();

        // In turn, so that whatever else the machine does meets both.
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var i = 0; i < options.Size(40, 2); i++)
        {
            ours.Add(await RunAsync());
            theirs.Add(await bare.RunAsync());
        }

        report.Add(new Figure(Name, "a container run until its result is sealed, p50", Numbers.Percentile(ours, 0.5), "ms",
            new("the same container by the Engine API alone", Numbers.Percentile(theirs, 0.5))));
        report.Add(new Figure(Name, "that is", Numbers.Percentile(ours, 0.5) / Numbers.Percentile(theirs, 0.5), "times", Goal: Goal.Max(1.3)));
        report.Add(new Figure(Name, "the same, p95", Numbers.Percentile(ours, 0.95), "ms",
            new("the same container by the Engine API alone", Numbers.Percentile(theirs, 0.95))));

        var (many, bareMany) = (new List<double>(), new List<double>());
        for (var i = 0; i < options.Size(5, 1); i++)
        {
            many.Add(await TogetherAsync(RunAsync));
            bareMany.Add(await TogetherAsync(bare.RunAsync));
        }

        report.Add(new Figure(Name, "16 container runs in parallel, all of them", Numbers.Percentile(many, 0.5), "ms",
            new("16 containers by the Engine API alone", Numbers.Percentile(bareMany, 0.5))));
        report.Add(new Figure(Name, "that is", Numbers.Percentile(many, 0.5) / Numbers.Percentile(bareMany, 0.5), "times", Goal: Goal.Max(1.3)));
    }

    private static async Task<double> TogetherAsync(Func<Task<double>> run)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => run()));
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
