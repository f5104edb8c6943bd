using System.Diagnostics;
using Vantage.Benchmarks.Baselines;
using Vantage.Benchmarks.Containers;
using Vantage.Benchmarks.Processes;
using Vantage.Benchmarks.Reporting;
using Vantage.Client.Federation;
using Vantage.DuckDb;
using Vantage.Protocol.Manifests;
using Vantage.Statistics.Linear;

namespace Vantage.Benchmarks.Sections;

/// <summary>
/// Many rows: a linear model over a table of ten columns, in a Parquet file at each of three sites, from the question to the
/// decrypted answer; and with a tenth of the rows, since memory must not grow with them. Beside it the sums of products that
/// such a model is made of, by DuckDB alone over the same files.
/// </summary>
internal static class RowsSection
{
    public const string Name = "rows";
    private const int Sites = 3;
    private static readonly string[] Predictors = [.. Enumerable.Range(1, 9).Select(i => $"x{i}")];

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var many = options.Rows ?? options.Size(10_000_000, 30_000);
        var few = await MeasureAsync(options, many / 10);
        var all = await MeasureAsync(options, many);
        report.Add(new Figure(Name, $"linear model over {Numbers.Show(many)} rows of ten columns, three Parquet files", many / all.Seconds, "rows/s",
            new("DuckDB's own sums of products", many / all.Aggregate.Seconds)));
        report.Add(new Figure(Name, "the same, the worker's peak memory", all.Worker, "MiB", new($"with a tenth of the rows: {Numbers.Show(few.Worker)} MiB; DuckDB's", all.Aggregate.MiB)));
        report.Add(new Figure(Name, "the same, a node's peak memory", all.Node, "MiB", new("with a tenth of the rows", few.Node)));
    }

    private static async Task<(double Seconds, double Worker, double Node, (double Seconds, double MiB) Aggregate)> MeasureAsync(BenchOptions options, int rows)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Data, $"parquet-{rows}")).FullName;
        for (var site = 0; site < Sites; site++)
        {
            Write(Path.Combine(folder, $"{(char)('a' + site)}.parquet"), rows / Sites, site);
        }

        var aggregate = await DuckAggregate.MeasureAsync(folder);
        await using var sandbox = await BenchSandbox.OverAsync(options, "process", folder);
        using var client = sandbox.Client();
        using var peaks = new PeakMemory(sandbox.Folder);
        var federation = await WireFederation.JoinAsync(client, new()
        {
            Collaboration = sandbox.Collaboration,
            Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "data" }],
            Resources = new ResourceRequest(MemoryMiB: 512),
        });
        var began = Stopwatch.GetTimestamp();
        _ = await LinearModel.Central.RunAsync(federation, new LinearArguments($"y ~ {string.Join(" + ", Predictors)}"), default);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await peaks.StopAsync();
        Directory.Delete(folder, recursive: true);
        return (seconds, peaks.Of("Vantage.Worker"), peaks.Of("Vantage.NodeAgent"), aggregate);
    }

    private static void Write(string path, int rows, int seed)
    {
        using var session = new DuckSession(new DuckCaps(), [path], path + ".tmp", default);
        session.Run($"SELECT setseed({(seed + 1) / 10.0})");
        var columns = string.Join(", ", Predictors.Select(name => $"random() * 100 AS {name}"));
        session.Run($"COPY (SELECT {string.Join(" + ", Predictors.Select((name, i) => $"{i + 1} * {name}"))} + random() AS y, * FROM"
            + $" (SELECT {columns} FROM range({rows}))) TO {DuckSession.Quoted(path)} (FORMAT parquet, USE_TMP_FILE false)");
        // A file that was written a moment ago may change again, and is read anew each time.
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
    }
}
