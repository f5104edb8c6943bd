using Vantage.Benchmarks.Baselines;
using Vantage.Benchmarks.Processes;
using Vantage.Benchmarks.Reporting;

namespace Vantage.Benchmarks.Sections;

/// <summary>From starting the process to its saying that it is ready: first of all, and with a data directory that is there.</summary>
internal static class StartSection
{
    public const string Name = "start";

    /// <param name="first">How long the Coordinator took to start for the first time.</param>
    /// <param name="coordinator">Nobody else's any more.</param>
    public static async Task RunAsync(TimeSpan first, RunningCoordinator coordinator, BenchOptions options, Report report)
    {
        report.Progress("starting and stopping");
        var (again, bare) = (new List<double>(), new List<double>());
        for (var i = 0; i < options.Size(5, 1); i++)
        {
            again.Add((await coordinator.RestartAsync()).TotalSeconds);
            await using var server = await ServerProcess.StartAsync(Programs.Bench, [BareServer.Verb], Path.Combine(options.Data, "start.log"));
            bare.Add(server.StartedWithin.TotalSeconds);
        }

        report.Add(new Figure(Name, "first start: database made, migrated", first.TotalSeconds, "s"));
        report.Add(new Figure(Name, "start with an initialised data directory", Numbers.Percentile(again, 0.5), "s",
            new("bare Kestrel, no database", Numbers.Percentile(bare, 0.5)), Goal.Max(1.5)));
    }
}
