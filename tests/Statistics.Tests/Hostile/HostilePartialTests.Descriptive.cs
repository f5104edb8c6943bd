using Vantage.Statistics.Anovas;
using Vantage.Statistics.Correlations;
using Vantage.Statistics.Histograms;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Quantiles;
using Vantage.Statistics.Ranges;
using Vantage.Statistics.TTests;

namespace Statistics.Tests;

/// <summary>Groups, products, ranges and counts.</summary>
public sealed partial class HostilePartialTests
{
    public static TheoryData<string> GroupLies => ["rows", "groups", "count", "none", "infinite", "negative", "sum"];

    [Theory]
    [MemberData(nameof(GroupLies))]
    public async Task Groups(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, TTest.Central, new("x ~ g"), (GroupsPartial p) => lie switch
        {
            "rows" => p with { Rows = 1_000_000 },
            "groups" => p with { Groups = [p.Groups[0]] },
            "count" => p with { Groups = [p.Groups[0] with { Count = -2 }, p.Groups[1]] },
            "none" => p with { Groups = [p.Groups[0] with { Mean = null }, p.Groups[1]] },
            "infinite" => p with { Groups = [p.Groups[0] with { M2 = double.PositiveInfinity }, p.Groups[1]] },
            "negative" => p with { Groups = [p.Groups[0] with { M2 = -1 }, p.Groups[1]] },
            _ => p with { Groups = [p.Groups[0] with { Count = 3 }, p.Groups[1]] },
        });

    public static TheoryData<string> ProductLies => ["rows", "many", "blocks", "count", "size", "infinite", "cauchy"];

    [Theory]
    [MemberData(nameof(ProductLies))]
    public async Task Products(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, Correlation.Central, new(["x", "y"]), (ProductsPartial p) => lie switch
        {
            "rows" => p with { Rows = 1 },
            "many" => p with { Rows = long.MaxValue },
            "blocks" => p with { Blocks = [] },
            "count" => p with { Blocks = [p.Blocks[0] with { Count = 3 }] },
            "size" => p with { Blocks = [p.Blocks[0] with { Products = new([4], [0]) }] },
            "infinite" => p with { Blocks = [p.Blocks[0] with { Products = Change(p.Blocks[0].Products, 3, double.NaN) }] },
            _ => p with { Blocks = [p.Blocks[0] with { Products = Change(p.Blocks[0].Products, 4, 1e9) }] },
        });

    [Fact]
    public async Task SumsOfAnAnova() => await LyingFederation.AssertNamedAsync(
        Honest, Anova.Central, new("x ~ g"), (LinearPartial p) => p with { Rows = 12 });

    public static TheoryData<string> RangeLies => ["columns", "many", "many missing", "negative", "infinite", "reversed", "none"];

    [Theory]
    [MemberData(nameof(RangeLies))]
    public async Task Ranges(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, Quantile.Central, new(["x"]), (RangePartial p) => lie switch
        {
            "columns" => p with { Columns = [p.Columns[0] with { Name = "y" }] },
            "negative" => p with { Columns = [p.Columns[0] with { Rows = -4 }] },
            "many" => p with { Columns = [p.Columns[0] with { Rows = long.MaxValue }] },
            "many missing" => p with { Columns = [p.Columns[0] with { Missing = long.MaxValue }] },
            "infinite" => p with { Columns = [p.Columns[0] with { Bounds = [0, double.PositiveInfinity] }] },
            "reversed" => p with { Columns = [p.Columns[0] with { Bounds = [4, 1] }] },
            _ => p with { Columns = [p.Columns[0] with { Rows = 0 }] },
        });

    public static TheoryData<string> BinLies => ["rows", "bins", "negative", "sum", "below"];

    [Theory]
    [MemberData(nameof(BinLies))]
    public async Task Bins(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, Histogram.Central, new("x", Edges: [0, 2, 5]), (HistogramPartial p) => lie switch
        {
            "rows" => p with { Rows = 3 },
            "bins" => p with { Counts = [4] },
            "negative" => p with { Counts = [-1, 5] },
            "sum" => p with { Counts = [3, 3] },
            _ => p with { Below = -1 },
        });

    public static TheoryData<string> QuantileLies => ["columns", "rows", "size", "negative", "sum", "edges"];

    [Theory]
    [MemberData(nameof(QuantileLies))]
    public async Task CountsBelowEdges(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, Quantile.Central, new(["x"], [0.3]), (QuantilePartial p) => lie switch
        {
            "columns" => new([]),
            "rows" => Change(p, c => c with { Rows = 5, Counts = [5, .. c.Counts.Skip(1).Select(_ => 0L)] }),
            "size" => Change(p, c => c with { Counts = [4] }),
            "negative" => Change(p, c => c with { Counts = [-1, .. c.Counts.Skip(1)] }),
            "sum" => Change(p, c => c with { Counts = [.. c.Counts.Select(_ => 1L)] }),
            _ => Change(p, c => c with { Edges = [1.23], Counts = [1, 3] }),
        });

    private static QuantilePartial Change(QuantilePartial partial, Func<ColumnCounts, ColumnCounts> change) =>
        new([change(partial.Columns[0])]);

    private static ExactSums Change(ExactSums sums, int place, double value) =>
        new([.. sums.Values.Select((v, i) => i == place ? value : v)], sums.Rests);
}
