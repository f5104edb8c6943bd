using Vantage.Algorithms;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.FedAvg;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Meta;
using Vantage.Statistics.Poisson;
using Vantage.Statistics.Ridge;

namespace Statistics.Tests;

/// <summary>Under disclosure rules a site holds back what they forbid; the model is that of the other sites, and says so.</summary>
public sealed class ModelDisclosureTests
{
    private static readonly int[] Row = [.. Enumerable.Range(0, 180)];

    private static readonly MemoryTable Table = new(
        "t",
        MemoryColumn.Of("x", [.. Row.Select(i => (i * 37 % 60 / 20.0) + 1)]),
        MemoryColumn.Of("y", [.. Row.Select(i => (double)(i * i % 7))]),
        MemoryColumn.Of("b", [.. Row.Select(i => i * 31 % 7 < 3 ? 1.0 : 0.0)]),
        MemoryColumn.Of("rare", [.. Row.Select(i => i is 100 or 101 or 102 ? "seldom" : i % 2 == 0 ? "u" : "v")]),
        MemoryColumn.Of("one", [.. Row.Select(i => i == 100 ? 1e9 : i % 13)]));

    private static readonly InProcessFederation All = new(
        new("North", Table.Where(i => i < 60)), new("South", Table.Where(i => i is >= 60 and < 120)),
        new InProcessSite("West", Table.Where(i => i >= 120)));

    private static readonly InProcessFederation Others = new(
        new("North", Table.Where(i => i < 60)), new InProcessSite("West", Table.Where(i => i >= 120)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Presets => ["datashield", "acro"];

    private static DisclosureRules Rules(string preset) => preset == "acro" ? DisclosureRules.Acro : DisclosureRules.DataShield;

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task WhatTheRulesAllow_IsTheSameAsWithoutThem(string preset)
    {
        var under = All.Under(Rules(preset));

        Assert.Equal(
            (await LinearModel.Central.RunAsync(All, new("y ~ x + b"), Token)).Coefficients,
            (await LinearModel.Central.RunAsync(under, new("y ~ x + b"), Token)).Coefficients);
        Assert.Equal(
            (await PoissonModel.Central.RunAsync(All, new("y ~ x + b"), Token)).StandardErrors,
            (await PoissonModel.Central.RunAsync(under, new("y ~ x + b"), Token)).StandardErrors);
    }

    [Fact]
    public async Task ALevelOfTooFewRows_LeavesItsSiteOut_AndIsToldNowhere()
    {
        var under = All.Under(DisclosureRules.Acro);

        var linear = await LinearModel.Central.RunAsync(under, new("y ~ x + rare"), Token);
        var logistic = await LogisticModel.Central.RunAsync(under, new("b ~ x + rare"), Token);
        var meta = await MetaModel.Central.RunAsync(under, new("y ~ x + rare"), Token);
        var ridge = await RidgeModel.Central.RunAsync(under, new("b ~ x + rare", [0.1], "binomial"), Token);
        var average = await FedAvgModel.Central.RunAsync(under, new("b ~ x + rare", Rounds: 3), Token);

        Assert.Equal((await LinearModel.Central.RunAsync(Others, new("y ~ x + rare"), Token)).Coefficients, linear.Coefficients);
        Assert.Equal((await LogisticModel.Central.RunAsync(Others, new("b ~ x + rare"), Token)).Coefficients, logistic.Coefficients);
        Assert.Equal([60, 0, 60], linear.Sites.Select(s => s.Rows));
        Assert.DoesNotContain("rareseldom", linear.Coefficients.Keys);
        Assert.Equal(2, meta.Terms["x"]!.Sites);
        foreach (var notes in (IReadOnlyList<string>[])[linear.Notes, logistic.Notes, meta.Notes, ridge.Notes, average.Notes])
            Assert.Contains(notes, n => n.StartsWith("South held back", StringComparison.Ordinal) && n.EndsWith("Its rows take no part.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ANumberThatMakesUpNearlyAllOfASum_LeavesItsSiteOut()
    {
        var result = await LinearModel.Central.RunAsync(All.Under(DisclosureRules.Acro), new("y ~ one"), Token);

        Assert.Equal([60, 0, 60], result.Sites.Select(s => s.Rows));
        Assert.Contains(result.Notes, n => n.Contains("of 'one': a few rows make up nearly all of it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("b ~ x + I(x^2) + I(x^3) + I(x^4) + I(x^5)", 15, "too many parameters for its rows")]
    [InlineData("b ~ x", 8, "too few rows")]
    [InlineData("b ~ x", 11, "too few rows")]
    public async Task WhereNoSiteHasEnoughRows_ThereIsNoModel(string formula, int rows, string why)
    {
        var small = new InProcessFederation(
            new("North", Table.Where(i => i < rows)), new InProcessSite("South", Table.Where(i => i >= 60 && i < 60 + rows)));

        var refusal = await Assert.ThrowsAsync<DataInvalidException>(
            () => LogisticModel.Central.RunAsync(small.Under(DisclosureRules.Acro), new(formula), Token));

        Assert.StartsWith("No site lets leave what this model is made of.", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryPartialOfAModel_DeclaresWhatItDiscloses()
    {
        Algorithm[] models = [LinearModel.Algorithm, LogisticModel.Algorithm, RidgeModel.Algorithm, MetaModel.Algorithm, FedAvgModel.Algorithm];
        foreach (var function in models.SelectMany(m => m.Functions).OfType<SiteFunction>())
        {
            foreach (var member in function.ResultSchema!.Value.GetProperty("properties").EnumerateObject())
            {
                Assert.True(
                    member.Value.ToString().Contains("disclosure", StringComparison.Ordinal), $"{function.Name}: {member.Name} declares nothing.");
            }
        }
    }
}
