using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;

namespace Statistics.Tests;

/// <summary>However rows are spread and sites are ordered, the answer is that of one table.</summary>
public sealed class RegressionPropertyTests
{
    private static readonly Arbitrary<Cohort> Cohorts = Arb.From(
        from rows in Gen.Choose(30, 80)
        from a in Gen.Choose(-1000, 1000).ArrayOf(rows)
        from b in Gen.Choose(-1000, 1000).ArrayOf(rows)
        from level in Gen.Choose(0, 2).ArrayOf(rows)
        from noise in Gen.Choose(-1000, 1000).ArrayOf(rows)
        from site in Gen.Choose(0, 5).ArrayOf(rows)
        from scale in Gen.Elements(1e-6, 1, 1e6)
        from batch in Gen.Choose(1, 20)
        select new Cohort(a, b, level, noise, site, scale, batch));

    [Fact]
    public void AnyOrderOfSites_GivesTheSameBits() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Cohorts, cohort =>
        {
            var sites = cohort.AtSites();

            Assert.Equal(Fit(sites), Fit([.. sites.Reverse()]));
            Assert.Equal(Fit(sites), Fit([.. sites.Skip(1), sites[0]]));
        }));

    [Fact]
    public void AnySplit_EqualsPooled() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(Cohorts, cohort =>
        {
            var pooled = Numbers(Fit([cohort.Table("all", _ => true)]));
            var split = Numbers(Fit(cohort.AtSites()));

            Assert.Equal(pooled.Count, split.Count);
            foreach (var (one, other) in pooled.Zip(split))
                Assert.True(Math.Abs(one - other) <= 1e-12 * Math.Max(Math.Abs(one), 1e-9), $"pooled {one:R}, federated {other:R}");
        }));

    private static string Fit(IReadOnlyList<InProcessSite> sites)
    {
        var federation = new InProcessFederation(sites);
        var token = TestContext.Current.CancellationToken;
        var linear = LinearModel.Central.RunAsync(federation, new("z ~ a * level + log(b)"), token).GetAwaiter().GetResult();
        var logistic = LogisticModel.Central.RunAsync(federation, new("y ~ a + level"), token).GetAwaiter().GetResult();
        var table = Crosstab.Central.RunAsync(federation, new("level", "y"), token).GetAwaiter().GetResult();
        return JsonSerializer.Serialize(linear with { Sites = [] }, StatisticsJson.Default.LinearResult)
            + JsonSerializer.Serialize(logistic with { Sites = [] }, StatisticsJson.Default.LogisticResult)
            + JsonSerializer.Serialize(table with { Sites = [] }, StatisticsJson.Default.CrosstabResult);
    }

    private static List<double> Numbers(string json)
    {
        var numbers = new List<double>();
        var reader = new Utf8JsonReader(
            System.Text.Encoding.UTF8.GetBytes(json), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
                numbers.Add(reader.GetDouble());
        }

        return numbers;
    }

    public sealed record Cohort(int[] A, int[] B, int[] Level, int[] Noise, int[] Site, double Scale, int Batch)
    {
        public IReadOnlyList<InProcessSite> AtSites() =>
            [.. Site.Distinct().Select(s => Table($"site {s}", i => Site[i] == s))];

        public InProcessSite Table(string site, Func<int, bool> rows) => new(
            site,
            new MemoryTable(
                "t",
                MemoryColumn.Of("a", [.. A.Select(a => Scale * (1e3 + a) / 7)]),
                MemoryColumn.Of("b", [.. B.Select(b => (b + 1001) / 3.0)]),
                MemoryColumn.Of("level", [.. Level.Select(l => "uvw"[l..(l + 1)])]),
                MemoryColumn.Of("z", [.. A.Select((a, i) => (a / 100.0) + Noise[i] + (Level[i] * 50))]),
                MemoryColumn.Of("y", [.. A.Select((a, i) => a + Noise[i] > 0 ? 1.0 : 0.0)])) { BatchRows = Batch }.Where(rows));
    }
}
