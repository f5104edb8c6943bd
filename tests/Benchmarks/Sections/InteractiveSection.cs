using System.Globalization;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Benchmarks.Containers;
using Vantage.Benchmarks.Load;
using Vantage.Benchmarks.Reporting;
using Vantage.Client;
using Vantage.Client.Federation;
using Vantage.Client.Together;
using Vantage.Protocol.Manifests;
using Vantage.Statistics.Correlations;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Histograms;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Quantiles;
using Vantage.Statistics.Summaries;

namespace Vantage.Benchmarks.Sections;

/// <summary>
/// One analyst at work: three sites of 3,000 rows, and a session that stays open, as a notebook's does. Questions come in sheets
/// of a thousand, one after the other, and four at once (as many programs as a node keeps); each answer is put together from all
/// three sites' verified, decrypted results. The first question starts the programs at the sites and is not counted.
/// </summary>
internal static class InteractiveSection
{
    public const string Name = "interactive";

    /// <summary>Ten times what DataSHIELD publishes of its own best.</summary>
    private const double MeansPerSecond = 240;

    private static readonly Baseline DataShield = new("DataSHIELD's published best", 24);

    public static async Task RunAsync(BenchOptions options, Report report)
    {
        var files = await InteractiveTable.WriteAsync(options, sites: 3, rows: 3000);
        await using var sandbox = await BenchSandbox.OverAsync(options, "process", files);
        using var client = sandbox.Client();
        foreach (var (what, add) in Sheets)
        {
            await SheetsAsync(client, sandbox, options, report, what, add);
        }

        foreach (var (what, askAsync) in Singles)
        {
            foreach (var at in (int[])[1, 4])
            {
                var rate = await RateAsync(client, sandbox, at, options.Size(10, 1), askAsync);
                report.Add(new Figure(Name, $"{what}, {(at == 1 ? "one after the other" : $"{at} at once")}", rate, "a second"));
            }
        }
    }

    private static readonly (string What, Func<QuestionsTogether, int, Task> Add)[] Sheets =
    [
        ("means", (sheet, i) => Ask(sheet, "summary", Summary.Central, new SummaryArguments([InteractiveTable.Number(i)]))),
        ("tables", (sheet, i) => Ask(sheet, "crosstab", Crosstab.Central, new CrosstabArguments(InteractiveTable.Category(i), InteractiveTable.Category(i + 1 + i / 4 % 3)))),
        ("histograms", (sheet, i) => Ask(sheet, "histogram", Histogram.Central, new HistogramArguments(InteractiveTable.Number(i), Bins: 5 + i / 10 % 20))),
        ("correlations", (sheet, i) => Ask(sheet, "correlation", Correlation.Central,
            new CorrelationArguments([InteractiveTable.Number(i), InteractiveTable.Number(i + 1 + i / 10 % 9)]))),
        ("quantiles", (sheet, i) => Ask(sheet, "quantiles", Quantile.Central,
            new QuantileArguments([InteractiveTable.Number(i)], [0.01 * (1 + i / 10 % 98)]))),
    ];

    private static readonly (string What, Func<IFederation, int, Task> AskAsync)[] Singles =
    [
        ("means", (federation, i) => Summary.Central.RunAsync(federation, new SummaryArguments([InteractiveTable.Number(0)]), default)),
        ("tables", (federation, i) => Crosstab.Central.RunAsync(federation, new CrosstabArguments(InteractiveTable.Category(0), InteractiveTable.Category(1)), default)),
        ("linear models", (federation, i) => LinearModel.Central.RunAsync(federation, new LinearArguments("x0 ~ x1 + g1"), default)),
    ];

    private static async Task SheetsAsync(
        VantageClient client, BenchSandbox sandbox, BenchOptions options, Report report, string what, Func<QuestionsTogether, int, Task> add)
    {
        var sheet = await QuestionsTogether.PrepareAsync(client, Asking(sandbox));
        // One sheet with each column once, as an analyst's first look: the programs at the sites start for it.
        await AnswerAsync(sheet, add, 16);
        var questions = options.Size(1000, 50);
        var rates = new List<double>();
        for (var round = 0; round < options.Size(4, 1); round++)
        {
            rates.Add(await AnswerAsync(sheet, add, questions));
        }

        var goal = what == "means" ? Goal.Min(MeansPerSecond) : null;
        var text = string.Create(CultureInfo.InvariantCulture, $"{what}, in sheets of {questions:#,0}");
        report.Add(new Figure(Name, text + ", the first", rates[0], "a second", DataShield, goal));
        report.Add(new Figure(Name, text + ", the median", Numbers.Percentile(rates, 0.5), "a second", DataShield, goal));
    }

    private static async Task<double> AnswerAsync(QuestionsTogether sheet, Func<QuestionsTogether, int, Task> add, int questions)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var answers = Enumerable.Range(0, questions).Select(i => add(sheet, i)).ToList();
        await sheet.RunAsync();
        await Task.WhenAll(answers);
        return questions / System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>An answer that is none counts for none.</summary>
    private static async Task Ask<TArguments, TResult>(
        QuestionsTogether sheet, string algorithm, CentralFunction<TArguments, TResult> central, TArguments arguments) =>
        (await sheet.Ask(algorithm, central, arguments)).Require();

    private static async Task<double> RateAsync(
        VantageClient client, BenchSandbox sandbox, int atOnce, int seconds, Func<IFederation, int, Task> askAsync)
    {
        // What asks on its own is a job of its own.
        var federations = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => WireFederation.JoinAsync(client, Asking(sandbox))));
        await Task.WhenAll(federations.Select(federation => askAsync(federation, 0)));
        var asked = 0;
        var measured = await Clients.RunAsync(atOnce, TimeSpan.FromSeconds(seconds), null, async one =>
        {
            await askAsync(federations[one], Interlocked.Increment(ref asked));
            return true;
        });
        return measured.PerSecond;
    }

    private static WireFederationOptions Asking(BenchSandbox sandbox) => new()
    {
        Collaboration = sandbox.Collaboration,
        Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "data" }],
        Resources = new ResourceRequest(MemoryMiB: 512),
    };
}
