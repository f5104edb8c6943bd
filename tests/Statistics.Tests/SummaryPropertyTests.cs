using FsCheck;
using FsCheck.Fluent;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Summaries;

namespace Statistics.Tests;

/// <summary>However rows are spread and sites are ordered, the answer is that of one table.</summary>
public sealed class SummaryPropertyTests
{
    /// <summary>Values with offsets and spreads of many sizes, some missing, and a site for each.</summary>
    private static readonly Arbitrary<Spread> Spreads = Arb.From(
        from rows in Gen.Choose(1, 60)
        from offset in Gen.Elements(0, 1, -1e3, 1e9, -1e12, 1e15)
        from scale in Gen.Elements(1, 1e-3, 1e6)
        from steps in Gen.Choose(-1_000_000, 1_000_000).ArrayOf(rows)
        from missing in Gen.Choose(0, 9).ArrayOf(rows)
        from sites in Gen.Choose(0, 6).ArrayOf(rows)
        from batch in Gen.Choose(1, 20)
        select new Spread(
            [.. steps.Select((s, i) => missing[i] == 0 ? double.NaN : offset + (scale * s / 1e6))], sites, batch));

    [Fact]
    public void AnySplit_EqualsPooled() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Spreads, spread =>
    {
        var split = Summarise(spread.AtSites());
        var pooled = Summarise([spread.Table("all")]);

        Assert.Equal((pooled.Count, pooled.Missing), (split.Count, split.Missing));
        AssertClose(pooled.Mean, split.Mean);
        AssertClose(pooled.StandardDeviation, split.StandardDeviation);
    }));

    [Fact]
    public void AnyOrderOfSites_GivesTheSameBits() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Spreads, spread =>
    {
        var sites = spread.AtSites();

        Assert.Equal(Summarise(sites), Summarise([.. sites.Reverse()]));
        Assert.Equal(Summarise(sites), Summarise([.. sites.Skip(1), sites[0]]));
    }));

    [Fact]
    public void AConstantColumn_HasExactlyNoDeviation() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Spreads, ArbMap.Default.ArbFor<NormalFloat>(), (spread, constant) =>
        {
            // Squares of more do not fit a double.
            var value = Math.Abs(constant.Get) > 1e150 ? 1e150 : constant.Get;
            var column = Summarise(new Spread([.. spread.Values.Select(_ => value)], spread.Sites, spread.Batch).AtSites());

            Assert.Equal(value, column.Mean);
            Assert.Equal(column.Count > 1 ? 0.0 : null, column.StandardDeviation);
        }));

    private static ColumnSummary Summarise(IReadOnlyList<InProcessSite> sites)
    {
        var federation = new InProcessFederation(sites);
        var results = federation.RunAsync(
            Summary.Algorithm, Summary.Partial, new SummaryArguments(["x"]), TestContext.Current.CancellationToken);
        return Assert.Single(SummaryCombine.Combine(results.GetAwaiter().GetResult().All()).Columns);
    }

    private static void AssertClose(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } e && actual is { } a)
            Assert.True(Math.Abs(e - a) <= 1e-15 * Math.Abs(e), $"pooled {e:R}, federated {a:R}");
    }

    public sealed record Spread(double[] Values, int[] Sites, int Batch)
    {
        public IReadOnlyList<InProcessSite> AtSites() =>
            [.. Sites.Distinct().Select(s => Table($"site {s}", i => Sites[i] == s))];

        public InProcessSite Table(string site, Func<int, bool>? rows = null) => new(
            site, new MemoryTable("t", MemoryColumn.Of("x", Values)) { BatchRows = Batch }.Where(rows ?? (_ => true)));
    }
}
