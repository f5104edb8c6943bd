using System.Text.Json;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Testing;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Anovas;
using Vantage.Statistics.Correlations;
using Vantage.Statistics.Histograms;
using Vantage.Statistics.TTests;

namespace Statistics.Tests.Disclosure;

/// <summary>Tests of means, variances, correlations and histograms under the rules of sites.</summary>
public sealed class DescriptiveUnderRulesTests
{
    public static TheoryData<DisclosurePreset> Presets => [DisclosurePreset.Acro, DisclosurePreset.Datashield];

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task OfEnoughRows_TheyAreThoseOfNoRules(DisclosurePreset preset)
    {
        var rules = preset == DisclosurePreset.Acro ? DisclosureRules.Acro : DisclosureRules.DataShield;
        using var wdbc = Sites.Dealt(Sites.PathOf("wdbc"), 3);
        using var iris = Sites.Dealt(Sites.PathOf("iris"), 3);

        await AssertSameAsync(wdbc, rules, TTest.Central, new("mean_radius ~ malignant"), r => [r.Estimate, r.Statistic, r.PValue]);
        await AssertSameAsync(iris, rules, Anova.Central, new("Sepal.Length ~ Species"), r => [r.Terms[0].F, r.Residuals.SumOfSquares]);
        await AssertSameAsync(
            iris, rules, Correlation.Central, new(["Sepal.Length", "Petal.Length", "Petal.Width"]), r => [.. r.Pairs.Select(p => p.Correlation)]);
    }

    [Fact]
    public async Task OfTooFewRows_TheyAreRefusedWithTheRule()
    {
        using var sites = Sites.Dealt(Sites.PathOf("mtcars"), 3);
        var acro = sites.Federation.Under(DisclosureRules.Acro);

        var test = await Assert.ThrowsAsync<DataInvalidException>(() => AskAsync(acro, TTest.Central, new("mpg ~ am")));
        var correlation = await Assert.ThrowsAsync<DataInvalidException>(() => AskAsync(acro, Correlation.Central, new(["mpg", "wt"])));

        Assert.Contains("site 0 held back", test.Message, StringComparison.Ordinal);
        Assert.Contains("site 0 held back 6 numbers: too few rows beyond the parameters", correlation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASiteThatHoldsBack_TakesNoPart_AndTheOthersAreTold()
    {
        using var sites = Sites.Uneven(Sites.PathOf("wdbc"), 7);

        var result = await AskAsync(sites.Federation.Under(DisclosureRules.Acro), TTest.Central, new("mean_texture ~ malignant"));

        Assert.True(result.Sites.Any(s => s.Rows == 0) && result.Rows == result.Groups.Sum(g => g.Count));
        Assert.Contains(result.Notes, n => n.Contains("Its rows take no part.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task AHistogram_CountsWhatSitesTell_AndNeverMoreThanThereIs(DisclosurePreset preset)
    {
        using var sites = Sites.Dealt(Sites.PathOf("wdbc"), 3);
        double[] edges = [5, 10, 12, 14, 16, 20, 30];
        var free = await AskAsync(sites.Federation, Histogram.Central, new("mean_radius", Edges: edges));

        var ruled = await AskAsync(
            sites.Federation.Under(preset == DisclosurePreset.Acro ? DisclosureRules.Acro : DisclosureRules.DataShield),
            Histogram.Central,
            new("mean_radius", Edges: edges));

        Assert.Equal(free.Count, ruled.Count);
        Assert.True(ruled.Counts.Count(c => c is not null) >= 4);
        Assert.All(ruled.Counts.Zip(free.Counts), c => Assert.True(c.First is null || c.First == c.Second));
        Assert.All(ruled.AtLeast.Zip(free.AtLeast), c => Assert.True(c.First <= c.Second));
    }

    [Fact]
    public async Task EdgesOfAHistogram_AreNoValues()
    {
        using var sites = Sites.Dealt(Sites.PathOf("wdbc"), 3);

        var ruled = await AskAsync(sites.Federation.Under(DisclosureRules.Acro), Histogram.Central, new("mean_radius"));

        // R: range(wdbc$mean_radius) is 6.981 28.110.
        Assert.True(ruled.Edges[0] < 6.9 && ruled.Edges[^1] > 28.2);
    }

    private static async Task AssertSameAsync<TArgs, TResult>(
        Sites sites, DisclosureRules rules, CentralFunction<TArgs, TResult> central, TArgs arguments, Func<TResult, IReadOnlyList<double?>> numbers)
    {
        var free = numbers(await AskAsync(sites.Federation, central, arguments));
        var ruled = numbers(await AskAsync(sites.Federation.Under(rules), central, arguments));

        Assert.All(free.Zip(ruled), n => Assert.True(Math.Abs(n.First!.Value - n.Second!.Value) <= 1e-9 * Math.Abs(n.First.Value)));
    }

    private static async Task<TResult> AskAsync<TArgs, TResult>(InProcessFederation sites, CentralFunction<TArgs, TResult> central, TArgs arguments)
    {
        var json = await central.InvokeAsync(
            sites, JsonSerializer.SerializeToUtf8Bytes(arguments, central.Arguments), TestContext.Current.CancellationToken);
        return json.Deserialize(central.Result)!;
    }
}
