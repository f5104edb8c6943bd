using Vantage.Algorithms.Federations;
using Vantage.Benchmarks.Containers;
using Vantage.Benchmarks.Load;
using Vantage.Benchmarks.Reporting;
using Vantage.Client;
using Vantage.Client.Federation;
using Vantage.Protocol.Manifests;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Summaries;

namespace Vantage.Benchmarks.Sections;

/// <summary>
/// One analyst at work: three sites of 3,000 rows, one question after the other and four at once (as many programs as a node keeps), each answer put together
/// from all three sites' verified, decrypted results. The programs at the sites stand ready, as they do after the first question.
/// </summary>
internal static class InteractiveSection
{
    public const string Name = "interactive";

    /// <summary>Ten times what DataSHIELD publishes of its own best.</summary>
    private const double MeansPerSecond = 240;

    private static readonly (string Name, Func<IFederation, Task> AskAsync)[] Analyses =
    [
        ("means", federation => Summary.Central.RunAsync(federation, new SummaryArguments(["x"]), default)),
        ("tables", federation => Crosstab.Central.RunAsync(federation, new CrosstabArguments("g", "y"), default)),
        ("linear models", federation => LinearModel.Central.RunAsync(federation, new LinearArguments("x ~ z + g"), default)),
    ];

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        await using var sandbox = await BenchSandbox.StartAsync(options, "process", 3, 3000);
        using var client = sandbox.Client();
        foreach (var (analysis, askAsync) in Analyses)
        {
            foreach (var at in (int[])[1, 4])
            {
                var rate = await RateAsync(client, sandbox, at, options.Size(10, 1), askAsync);
                report.Add(new Figure(Name, $"{analysis}, {(at == 1 ? "one after the other" : $"{at} at once")}", rate, "a second",
                    Goal: analysis == "means" && at == 4 ? Goal.Min(MeansPerSecond) : null));
            }
        }
    }

    private static async Task<double> RateAsync(VantageClient client, BenchSandbox sandbox, int atOnce, int seconds, Func<IFederation, Task> askAsync)
    {
        // What asks on its own is a job of its own; the first question of each starts its programs and is not counted.
        var federations = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => JoinAsync(client, sandbox)));
        await Task.WhenAll(federations.Select(askAsync));
        var measured = await Clients.RunAsync(atOnce, TimeSpan.FromSeconds(seconds), null, async one =>
        {
            await askAsync(federations[one]);
            return true;
        });
        return measured.PerSecond;
    }

    private static Task<WireFederation> JoinAsync(VantageClient client, BenchSandbox sandbox) => WireFederation.JoinAsync(client, new()
    {
        Collaboration = sandbox.Collaboration,
        Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "data" }],
        Resources = new ResourceRequest(MemoryMiB: 512),
    });
}
