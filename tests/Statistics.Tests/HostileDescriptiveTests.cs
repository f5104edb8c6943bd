using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Anovas;
using Vantage.Statistics.Correlations;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.TTests;

namespace Statistics.Tests;

/// <summary>Groups and products that no table can give are refused by the name of who returned them.</summary>
public sealed class HostileDescriptiveTests
{
    private static readonly InProcessFederation Honest = new(
        new("North", new MemoryTable(
            "t", MemoryColumn.Of("y", 0, 1, 1, 0, 1), MemoryColumn.Of("x", 1, 2, 3, 4, 5), MemoryColumn.Of("g", "a", "b", "a", "b", "a"))),
        new InProcessSite("South", new MemoryTable(
            "t", MemoryColumn.Of("y", 1, 0, 0, 1), MemoryColumn.Of("x", 2, 1, 4, 4), MemoryColumn.Of("g", "b", "b", "a", "a"))));

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

    public static TheoryData<string> ProductLies => ["rows", "blocks", "count", "size", "infinite", "cauchy"];

    [Theory]
    [MemberData(nameof(ProductLies))]
    public async Task Products(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, Correlation.Central, new(["x", "y"]), (ProductsPartial p) => lie switch
        {
            "rows" => p with { Rows = 1 },
            "blocks" => p with { Blocks = [] },
            "count" => p with { Blocks = [p.Blocks[0] with { Count = 3 }] },
            "size" => p with { Blocks = [p.Blocks[0] with { Products = new([4], [0]) }] },
            "infinite" => p with { Blocks = [p.Blocks[0] with { Products = Change(p.Blocks[0].Products, 3, double.NaN) }] },
            _ => p with { Blocks = [p.Blocks[0] with { Products = Change(p.Blocks[0].Products, 4, 1e9) }] },
        });

    [Fact]
    public async Task SumsOfAnAnova() => await LyingFederation.AssertNamedAsync(
        Honest, Anova.Central, new("x ~ g"), (LinearPartial p) => p with { Rows = 12 });

    private static ExactSums Change(ExactSums sums, int place, double value) =>
        new([.. sums.Values.Select((v, i) => i == place ? value : v)], sums.Rests);
}
