using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.FedAvg;
using Vantage.Statistics.Glm;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Meta;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Poisson;

namespace Statistics.Tests;

/// <summary>A site that returns what no table can give is named, and spoils no numbers.</summary>
public sealed partial class HostilePartialTests
{
    private static readonly InProcessFederation Honest = new(
        new("North", new MemoryTable(
            "t", MemoryColumn.Of("y", 0, 1, 1, 0, 1), MemoryColumn.Of("x", 1, 2, 3, 4, 5), MemoryColumn.Of("g", "a", "b", "a", "b", "a"))),
        new InProcessSite("South", new MemoryTable(
            "t", MemoryColumn.Of("y", 1, 0, 0, 1), MemoryColumn.Of("x", 2, 1, 4, 4), MemoryColumn.Of("g", "b", "b", "a", "a"))));

    public static TheoryData<string> LinearLies => ["rows", "used", "size", "rest", "infinite", "negative", "cauchy"];

    [Theory]
    [MemberData(nameof(LinearLies))]
    public async Task LinearSums(string lie) => await LyingFederation.AssertNamedAsync(
        Honest,
        LinearModel.Central, new("y ~ x"), (LinearPartial p) => lie switch
        {
            "rows" => p with { Rows = 7 },
            "used" => p with { Used = 2 },
            "size" => p with { Products = new([1, 2], [0, 0]) },
            "rest" => p with { Products = Change(p.Products, 1, 4, 3) },
            "infinite" => p with { Products = Change(p.Products, 1, double.PositiveInfinity, 0) },
            "negative" => p with { Products = Change(p.Products, 3, -4, 0) },
            _ => p with { Products = Change(p.Products, 1, 1e6, 0) },
        });

    public static TheoryData<string> LogisticLies => ["rows", "size", "successes", "deviance"];

    [Theory]
    [MemberData(nameof(LogisticLies))]
    public async Task LogisticSums(string lie) => await LyingFederation.AssertNamedAsync(
        Honest,
        LogisticModel.Central, new("y ~ x"), (GlmPartial p) => lie switch
        {
            "rows" => p with { Rows = 9 },
            "size" => p with { Score = new([1], [0]) },
            "successes" => p with { Sums = Change(p.Sums, 3, 50, 0) },
            _ => p with { Sums = Change(p.Sums, 0, -1, 0) },
        });

    public static TheoryData<string> CountModelLies => ["extras", "outcome", "deviance", "pearson", "rows"];

    [Theory]
    [MemberData(nameof(CountModelLies))]
    public async Task CountModelSums(string lie) => await LyingFederation.AssertNamedAsync(
        Honest,
        PoissonModel.Central, new("x ~ y"), (GlmPartial p) => lie switch
        {
            "extras" => p with { Extras = new([1], [0]) },
            "outcome" => p with { Sums = Change(p.Sums, 3, -1, 0) },
            "deviance" => p with { Sums = Change(p.Sums, 0, -100, 0) },
            "pearson" => p with { Sums = Change(p.Sums, 7, double.NaN, 0) },
            _ => p with { Rows = 1000000 },
        });

    public static TheoryData<string> MetaLies => ["width", "nan", "error", "half", "rows"];

    [Theory]
    [MemberData(nameof(MetaLies))]
    public async Task SitesOwnModels(string lie) => await LyingFederation.AssertNamedAsync(
        Honest,
        MetaModel.Central, new("x ~ y"), (MetaPartial p) => lie switch
        {
            "width" => p with { Estimates = [1] },
            "nan" => p with { Estimates = [1, double.NaN] },
            "error" => p with { StandardErrors = [1, 0] },
            "half" => p with { Estimates = [1, null] },
            _ => p with { Rows = 400 },
        });

    public static TheoryData<string> AverageLies => ["width", "infinite", "weight", "rows"];

    [Theory]
    [MemberData(nameof(AverageLies))]
    public async Task SitesOwnSteps(string lie) => await LyingFederation.AssertNamedAsync(
        Honest,
        FedAvgModel.Central, new("y ~ x", Rounds: 2), (FedAvgPartial p) => lie switch
        {
            "width" => p with { Coefficients = [1] },
            "infinite" => p with { Coefficients = [1, double.PositiveInfinity] },
            "weight" => p with { Weight = 1e9 },
            _ => p with { Used = 1 },
        });

    public static TheoryData<string> FrameLies => ["rows", "columns", "levels"];

    [Theory]
    [MemberData(nameof(FrameLies))]
    public async Task Frames(string lie) => await LyingFederation.AssertNamedAsync(
        Honest,
        LinearModel.Central, new("y ~ x + g"), (FramePartial p) => lie switch
        {
            "rows" => p with { Rows = -1 },
            "columns" => p with { Columns = [new("z", "numbers")] },
            _ => p with { Levels = new Dictionary<string, IReadOnlyList<string>> { ["g"] = ["a", "b", "c", "d", "e", "f", "h"] } },
        });

    public static TheoryData<string> CountLies => ["negative", "sum", "size"];

    [Theory]
    [MemberData(nameof(CountLies))]
    public async Task Counts(string lie) => await LyingFederation.AssertNamedAsync(
        Honest,
        Crosstab.Central, new("g", "y"), (CountsPartial p) => lie switch
        {
            "negative" => p with { Counts = [-1, 3, 1, 1] },
            "sum" => p with { Counts = [1, 1, 1, 0] },
            _ => p with { Counts = [4] },
        });

    private static ExactSums Change(ExactSums sums, int place, double value, double rest) => new(
        [.. sums.Values.Select((v, i) => i == place ? value : v)], [.. sums.Rests.Select((r, i) => i == place ? rest : r)]);
}
