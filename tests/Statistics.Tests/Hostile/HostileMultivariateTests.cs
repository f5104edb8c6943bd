using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Clusters;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.PrincipalComponents;
using Vantage.Statistics.Products;
using Vantage.Statistics.Roc;

namespace Statistics.Tests;

/// <summary>Products, clusters and scores that no table can give are refused by the name of who returned them.</summary>
public sealed class HostileMultivariateTests
{
    private static readonly InProcessFederation Honest = new(
        new("North", new MemoryTable(
            "t", MemoryColumn.Of("y", 0, 1, 1, 0, 1), MemoryColumn.Of("x", 1, 2, 3, 4, 5), MemoryColumn.Of("z", 2, 1, 7, 9, 8))),
        new InProcessSite("South", new MemoryTable(
            "t", MemoryColumn.Of("y", 1, 0, 0, 1), MemoryColumn.Of("x", 2, 1, 4, 5), MemoryColumn.Of("z", 1, 2, 8, 7))));

    private static readonly InProcessFederation UnderRules =
        new InProcessFederation(new("North", Many(0)), new InProcessSite("South", Many(3))).Under(DisclosureRules.DataShield);

    public static TheoryData<string> ProductLies => ["rows", "huge", "left out", "size", "nan", "negative", "cauchy", "silent"];

    [Theory]
    [MemberData(nameof(ProductLies))]
    public async Task Products(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, Pca.Central, new(["x", "z"]), (ColumnProductsPartial p) => lie switch
        {
            "rows" => p with { Rows = 7 },
            "huge" => p with { Rows = long.MaxValue, Products = Changed(p.Products!, 0, long.MaxValue) },
            "left out" => p with { LeftOut = -1 },
            "size" => p with { Products = new([4, 1], [0, 0]) },
            "nan" => p with { Products = Changed(p.Products!, 1, double.NaN) },
            "negative" => p with { Products = Changed(p.Products!, 3, -1) },
            "cauchy" => p with { Products = Changed(p.Products!, 1, 1e6) },
            _ => p with { Products = null },
        });

    public static TheoryData<string> ClusterLies =>
        ["rows", "starts", "clusters", "silent", "negative", "share", "overflow", "length", "nan", "squares", "empty", "near", "changing"];

    [Theory]
    [MemberData(nameof(ClusterLies))]
    public async Task Clusters(string lie)
    {
        var round = 0;
        await LyingFederation.AssertNamedAsync(
            Honest, KMeans.Central, new(["x", "z"], Centres: [[1, 1], [5, 9]]), (KMeansPartial p) => lie switch
            {
                "rows" => p with { Rows = -4 },
                "starts" => p with { Starts = [] },
                "clusters" => p with { Starts = [new([p.Starts[0].Clusters[0]])] },
                "silent" => p with { Starts = [new([p.Starts[0].Clusters[0], null])] },
                "negative" => With(p, c => c with { Rows = -2 }),
                "share" => With(p, c => c with { Rows = c.Rows + 8 }),
                "overflow" => With(p with { Rows = long.MaxValue }, c => c with { Rows = long.MaxValue - 2 }),
                "length" => With(p, c => c with { Sums = new([1], [0]) }),
                "nan" => With(p, c => c with { Sums = Changed(c.Sums, 0, double.NaN) }),
                "squares" => With(p, c => c with { Squares = new([-1], [0]) }),
                "empty" => With(p with { Rows = 2 }, c => c with { Rows = 0 }),
                "near" => With(p, c => c with { Sums = Changed(c.Sums, 0, 1e6) }),
                _ => round++ == 0 ? p : With(p with { Rows = p.Rows + 1 }, c => c with { Rows = c.Rows + 1 }),
            });
    }

    public static TheoryData<string> ScoreLies =>
        ["rows", "none", "half", "length", "descending", "nan", "negative", "huge", "overflow", "sum", "from"];

    [Theory]
    [MemberData(nameof(ScoreLies))]
    public async Task Scores(string lie) => await LyingFederation.AssertNamedAsync(
        Honest, RocAnalysis.Central, new("y ~ x"), (RocPartial p) => lie switch
        {
            "rows" => p with { Rows = 2, Positive = new([2], [1]), Negative = new([1], [1]) },
            "none" => p with { Positive = null, Negative = null },
            "half" => p with { Negative = null },
            "length" => p with { Positive = p.Positive! with { Counts = [2] } },
            "descending" => p with { Positive = p.Positive! with { Edges = [5, 2] } },
            "nan" => p with { Positive = p.Positive! with { Edges = [double.NaN, 5] } },
            "negative" => p with { Positive = p.Positive! with { Counts = [-1, 3] } },
            "huge" => p with { Positive = p.Positive! with { Counts = [1_000_000, 1] } },
            "overflow" => p with { Positive = p.Positive! with { Counts = [long.MaxValue, long.MaxValue] }, Rows = long.MaxValue },
            "sum" => p with { Positive = p.Positive! with { Counts = [2, 1] } },
            _ => p with { Positive = p.Positive! with { From = 0.5 } },
        });

    public static TheoryData<string> IntervalLies => ["rows", "edges", "half", "silent", "span", "nan", "from", "huge"];

    [Theory]
    [MemberData(nameof(IntervalLies))]
    public async Task ScoresInIntervals(string lie) => await LyingFederation.AssertNamedAsync(
        UnderRules, RocAnalysis.Central, new("y ~ x"), (RocPartial p) => (lie, p.Positive) switch
        {
            ("span", _) => p with { Span = [4, 1] },
            ("nan", _) => p with { Span = [double.NaN, 1] },
            ("silent", _) => p with { Span = null, Positive = null, Negative = null, Suppressed = [] },
            (_, null) => p,
            ("rows", _) => p with { Rows = 900 },
            ("edges", { } counts) => p with { Positive = counts with { Edges = [.. counts.Edges.Select(e => e + 0.01)] } },
            ("half", _) => p with { Negative = null },
            ("from", { } counts) => p with { Positive = counts with { From = counts.Edges[^1] } },
            (_, { } counts) => p with { Positive = counts with { Counts = [.. counts.Counts.Select(_ => long.MaxValue)] } },
        });

    private static KMeansPartial With(KMeansPartial p, Func<ClusterSums, ClusterSums> change) =>
        p with { Starts = [new([change(p.Starts[0].Clusters[0]!), .. p.Starts[0].Clusters.Skip(1)])] };

    private static ExactSums Changed(ExactSums sums, int place, double value) => new(
        [.. sums.Values.Select((v, i) => i == place ? value : v)], [.. sums.Rests.Select((r, i) => i == place ? 0 : r)]);

    private static MemoryTable Many(int shift) => new(
        "t",
        MemoryColumn.Of("x", [.. Enumerable.Range(1, 60).Select(i => (double)((i * 7 % 61) + shift))]),
        MemoryColumn.Of("y", [.. Enumerable.Range(1, 60).Select(i => i % 3 == 0 ? 0.0 : 1)]));
}
