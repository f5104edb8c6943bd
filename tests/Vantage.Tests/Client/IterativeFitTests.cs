using System.Text.Json;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Client.Asking;
using Vantage.Client.Federation;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Statistics;
using Vantage.Statistics.Logistic;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Client;

/// <summary>A logistic fit whose sites drop out in any round: its number is that of one fixed set of sites.</summary>
public sealed class IterativeFitTests
{
    private static readonly LogisticArguments Model = new("y ~ x");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task SiteThatDropsOutInRoundK_LeavesTheFitOfTheOthers_AsIfItHadNeverBeenAsked(int k)
    {
        await using var federation = await StartAsync(site => site == "South" ? k : int.MaxValue);

        var answer = await federation.Client().RunAsync("logistic", LogisticModel.Central, Model,
            Options(federation, acceptMissing: true), TestContext.Current.CancellationToken);

        var others = await FitAsync("North", "West");
        Assert.Equal((TaskOutcome.Partial, true), (answer.Outcome, answer.Sites.Holds));
        Assert.Equal(others.Coefficients, answer.Require().Coefficients);
        Assert.Equal(others.StandardErrors, answer.Require().StandardErrors);
        Assert.Equal(["North", "West"], answer.Require().Sites.Select(s => s.Site));
    }

    [Fact]
    public async Task RetryOfTheSite_GivesTheFitOfAll()
    {
        var failing = 4;
        await using var federation = await StartAsync(site => site == "South" ? failing : int.MaxValue);
        var question = await Question.PrepareAsync(federation.Client(), "logistic",
            JsonSerializer.SerializeToElement(Model, StatisticsJson.Default.LogisticArguments),
            Options(federation, acceptMissing: false), TestContext.Current.CancellationToken);
        var failed = await question.RunAsync(LogisticModel.Central, cancellationToken: TestContext.Current.CancellationToken);
        failing = int.MaxValue;

        var whole = await Question.Recall(federation.Client(), question.Job)!
            .RunAsync(LogisticModel.Central, ["South"], TestContext.Current.CancellationToken);

        Assert.Null(failed.Result);
        Assert.Equal((TaskOutcome.Succeeded, true), (whole.Outcome, whole.Sites.Holds));
        var all = JsonSerializer.SerializeToElement(await FitAsync("North", "South", "West"), StatisticsJson.Default.LogisticResult);
        Assert.Equal(all.GetProperty("coefficients").GetRawText(),
            whole.Require()!.Value.GetProperty("coefficients").GetRawText());
        // Nobody was asked the rounds before the failing one again.
        Assert.Equal(3, federation.Runs.Values.Count(r => r.Manifest.Function != LogisticModel.Partial.Name));
    }

    private static Task<LogisticResult> FitAsync(params string[] sites) => LogisticModel.Central.RunAsync(
        new InProcessFederation([.. sites.Select(site => new InProcessSite(site, TableOf(site)))]), Model,
        TestContext.Current.CancellationToken);

    /// <param name="failingFrom">Site → the run of that site from which on it fails.</param>
    private static async Task<FakeFederation> StartAsync(Func<string, int> failingFrom)
    {
        var federation = await FakeFederation.StartAsync("South", "West");
        var runs = new Dictionary<string, int>();
        federation.Answer = (site, run) =>
        {
            var number = runs[site.Root.Name] = runs.GetValueOrDefault(site.Root.Name) + 1;
            return number >= failingFrom(site.Root.Name)
                ? run.Fail(RunOutcome.Failed, RunCodes.NodeStopped, "The node is being stopped.")
                : run.Succeed(Compute(site, run));
        };
        return federation;
    }

    private static byte[] Compute(Partner site, FakeRun run)
    {
        var function = LogisticModel.Algorithm.Functions.OfType<SiteFunction>().Single(f => f.Name == run.Manifest.Function);
        var context = new InProcessContext(site.Root.Name);
        var computed = function.InvokeAsync(context, run.OpenInput(), new FunctionData([TableOf(site.Root.Name)]),
            TestContext.Current.CancellationToken);
        Assert.True(computed.IsCompletedSuccessfully, $"{computed.Exception}");
        return context.Outputs[Gateway.ResultName];
    }

    /// <summary>Thirty rows a site, different at each, that no line separates.</summary>
    private static MemoryTable TableOf(string site)
    {
        var shift = site switch { "North" => 0, "South" => 11, _ => 23 };
        double[] x = [.. Enumerable.Range(0, 30).Select(i => ((i * 7) + shift) % 31 / 10.0)];
        double[] y = [.. x.Select((value, i) => ((i * 13) + shift) % 17 / 5.0 < value ? 1.0 : 0)];
        return new MemoryTable("table", MemoryColumn.Of("x", x), MemoryColumn.Of("y", y));
    }

    private static WireFederationOptions Options(FakeFederation federation, bool acceptMissing) => new()
    {
        Collaboration = federation.Collaboration, AcceptMissing = acceptMissing, Resolve = _ => federation.Algorithm,
        Data = [new DataRef { Label = "table", Kind = DataKind.Source, Id = "patients" }],
    };
}
