using FsCheck;
using FsCheck.Fluent;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Quantiles;

namespace Statistics.Tests;

/// <summary>Whatever the values are, counting finds the very double that sorting finds.</summary>
public sealed class QuantilePropertyTests
{
    private static readonly Arbitrary<(double[] Values, int[] Sites)> Spreads = Arb.From(
        from rows in Gen.Choose(1, 40)
        from scale in Gen.Elements(1, 1e-300, 1e300, 1e15, 0.1)
        from values in Gen.OneOf(
            Gen.Choose(-1000, 1000).Select(i => i * scale / 1000),
            ArbMap.Default.GeneratorFor<NormalFloat>().Select(f => f.Get),
            Gen.Elements(0, -0.0, double.MaxValue, double.MinValue, double.Epsilon, 1 / 3.0)).ArrayOf(rows)
        from sites in Gen.Choose(0, 3).ArrayOf(rows)
        select (values, sites));

    [Fact]
    public void SortedValues_AreFoundToTheLastBit() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Spreads, spread =>
    {
        double[] sorted = [.. spread.Values.Order()];
        var probabilities = new[] { 0, 0.3, 0.5, 1 };

        var found = Find(spread.Values, spread.Sites, probabilities, DisclosureRules.Off).Columns[0];

        // Type 1 takes values as they are: no rounding of interpolations.
        Assert.Equal(
            probabilities.Select(p => sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * p), 1, sorted.Length) - 1]),
            found.Values.Select(v => v!.Value));
    }));

    [Fact]
    public void UnderAcro_TheIntervalHoldsTheValue() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(50),
        Prop.ForAll(Arb.From(Gen.Choose(-500, 1500).ArrayOf(200)), numbers =>
        {
            double[] values = [.. numbers.Select(n => n / 7.0)];
            double[] sorted = [.. values.Order()];
            double[] probabilities = [0.01, 0.25, 0.5, 0.9, 1];

            var found = Find(values, [.. values.Select((_, i) => i % 3)], probabilities, DisclosureRules.Acro).Columns[0];

            Assert.Equal([null, null], [found.Values[0], found.Values[4]]);
            for (var i = 1; i < 4; i++)
            {
                var exact = sorted[(int)Math.Ceiling(sorted.Length * probabilities[i]) - 1];
                Assert.InRange(exact, found.Lowest[i]!.Value, found.Highest[i]!.Value);
                Assert.InRange(found.Values[i]!.Value, found.Lowest[i]!.Value, found.Highest[i]!.Value);
            }
        }));

    private static QuantilesResult Find(double[] values, int[] sites, double[] probabilities, DisclosureRules rules)
    {
        var table = new MemoryTable("t", MemoryColumn.Of("x", values));
        var federation = new InProcessFederation(
            [.. sites.Distinct().Select(s => new InProcessSite($"site {s}", table.Where(i => sites[i] == s)))]) { Disclosure = rules };
        return Quantile.Central.RunAsync(federation, new(["x"], probabilities, Type: 1), TestContext.Current.CancellationToken)
            .GetAwaiter().GetResult();
    }
}
