using Vantage.Benchmarks.Baselines;
using Vantage.Benchmarks.Partners;
using Vantage.Benchmarks.Processes;
using Vantage.Benchmarks.Reporting;

namespace Vantage.Benchmarks.Load;

/// <summary>What the sections on the hot path share: one Coordinator, one federation, and the bare counterparts.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private Bench(BenchOptions options, Report report, RunningCoordinator coordinator, Federation federation, ServerProcess bare, BareDatabase rows) =>
        (Options, Report, Coordinator, Federation, Bare, Rows) = (options, report, coordinator, federation, bare, rows);

    public BenchOptions Options { get; }

    public Report Report { get; }

    public RunningCoordinator Coordinator { get; }

    public Federation Federation { get; }

    public ServerProcess Bare { get; }

    public BareDatabase Rows { get; }

    public IReadOnlyList<int> ClientCounts => Options.ClientCounts;

    /// <summary>How long one figure may take.</summary>
    public TimeSpan Window => Options.Size(TimeSpan.FromSeconds(6), TimeSpan.FromMilliseconds(100));

    public static async Task<Bench> PrepareAsync(BenchOptions options, Report report)
    {
        report.Progress("starting a Coordinator with its own PostgreSQL, and setting up a federation");
        var coordinator = await RunningCoordinator.StartAsync(options, "hot");
        var rows = await BareDatabase.PrepareAsync(coordinator.Superuser);
        var database = Path.Combine(options.Data, "baseline.database");
        await File.WriteAllTextAsync(database, coordinator.Superuser);
        var bare = await ServerProcess.StartAsync(Programs.Bench, [BareServer.Verb, database], Path.Combine(options.Data, "baseline.log"));
        var federation = await Federation.FormAsync(coordinator, researchers: options.Size(8, 2), sites: options.Size(36, 6), workers: options.ClientCounts.Max());
        return new Bench(options, report, coordinator, federation, bare, rows);
    }

    public async ValueTask DisposeAsync()
    {
        await Bare.DisposeAsync();
        await Rows.DisposeAsync();
        await Coordinator.DisposeAsync();
    }
}
