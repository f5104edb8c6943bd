using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Cox;
using Vantage.Statistics.KaplanMeier;
using Vantage.Statistics.LogRank;

namespace Statistics.Tests.Survival;

/// <summary>What comes back where sites hold back what their rules ask for: less, never silence.</summary>
public sealed class SurvivalDisclosureTests
{
    /// <summary>The errors that docs/statistics/survival.md states.</summary>
    [Theory]
    [InlineData("lung", "Surv(time, status) ~ 1", "acro", 3, 0.05, 10)]
    [InlineData("lung", "Surv(time, status) ~ 1", "datashield", 3, 0.03, 5)]
    [InlineData("lung", "Surv(time, status) ~ sex", "acro", 3, 0.12, 55)]
    [InlineData("veteran", "Surv(time, status) ~ trt", "acro", 1, 0.14, 10)]
    [InlineData("veteran", "Surv(time, status) ~ trt", "datashield", 3, 0.05, 10)]
    public async Task ACurveOnAGrid_IsAsNearToTheExactOne_AsTheDocsSay(
        string data, string formula, string preset, int count, double error, double medianError)
    {
        using var sites = Sites.Dealt(Sites.PathOf(data), count);
        var exact = await CurvesAsync(sites.Federation, formula);

        var grid = await CurvesAsync(sites.Federation.Under(Presets.Of(preset)), formula);

        Assert.NotNull(grid.Grid);
        Assert.Equal(exact.Curves.Select(c => c.Group), grid.Curves.Select(c => c.Group));
        foreach (var (fine, coarse) in exact.Curves.Zip(grid.Curves))
        {
            var worst = coarse.Times.Index()
                .Max(t => Math.Abs(coarse.Survival[t.Index] - (fine.Times.Index().LastOrDefault(f => f.Item <= t.Item) is { Item: > 0 } at
                    ? fine.Survival[at.Index] : 1)));
            Assert.True(worst <= error, $"{coarse.Group}: {worst}");
            Assert.True(Math.Abs(coarse.Median!.Value - fine.Median!.Value) <= medianError, $"{coarse.Group}: {coarse.Median} / {fine.Median}");
        }
    }

    [Theory]
    [InlineData("acro", 10)]
    [InlineData("datashield", 3)]
    public async Task NoInterval_IsAboutFewerRowsThanTheRulesAskFor(string preset, int fewest)
    {
        using var sites = Sites.Uneven(Sites.PathOf("lung"), 3);
        var watch = new WatchedFederation(sites.Federation.Under(Presets.Of(preset)));

        var result = await KaplanMeierCurves.Central.RunAsync(
            watch, new("Surv(time, status) ~ sex + ph.ecog"), TestContext.Current.CancellationToken);

        // Half of those censored in a step count as gone, so that the last step may be about a little less.
        Assert.All(result.Curves, c => Assert.True(c.AtRisk[^1] > 0.5 * fewest && c.Rows - c.Events.SkipLast(1).Sum() - c.Censored.SkipLast(1).Sum() >= fewest - 1e-9, c.Group));

        var cells = watch.Of<Vantage.Statistics.KaplanMeier.Grids.GridPartial>().SelectMany(p => p.Cells).OfType<Vantage.Statistics.KaplanMeier.Grids.GridCell>().ToList();
        Assert.NotEmpty(cells);
        foreach (var cell in cells)
        {
            Assert.True(cell.Rows >= fewest);
            Assert.All(cell.Events.Concat(cell.Censored), n => Assert.True(n >= fewest, $"{n}"));
            Assert.True(cell.Rows % fewest == 0 && cell.FewCensored % fewest == 0);
        }
    }

    [Fact]
    public async Task ASiteTooSmallToSpeak_IsNamed_AndTheOthersAnswer()
    {
        var federation = new InProcessFederation(
            Site("North", 60, 1), Site("South", 50, 2), Site("Tiny", 6, 3)).Under(Presets.Of("acro"));

        var cox = await CoxModel.Central.RunAsync(federation, new("Surv(t, d) ~ x"), TestContext.Current.CancellationToken);
        var test = await LogRankTest.Central.RunAsync(federation, new("Surv(t, d) ~ g"), TestContext.Current.CancellationToken);
        var curves = await CurvesAsync(federation, "Surv(t, d) ~ g");

        Assert.True(cox.StratifiedBySite && cox.Converged && cox.Baseline is null);
        Assert.Equal((110L, 100L), (cox.Rows, test.Rows));
        Assert.Equal(2, curves.Curves.Count);
        Assert.NotNull(test.PValue);
        foreach (var notes in new[] { cox.Notes, test.Notes, curves.Notes })
            Assert.Contains(notes, n => n.StartsWith("Tiny held back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhereNoSiteMaySpeak_TheErrorSaysWhy()
    {
        var federation = new InProcessFederation(Site("North", 6, 1), Site("South", 7, 2)).Under(Presets.Of("acro"));

        var refusal = await Assert.ThrowsAnyAsync<RunFailedException>(() => CoxModel.Central.RunAsync(
            federation, new("Surv(t, d) ~ x"), TestContext.Current.CancellationToken));

        Assert.Contains("disclosure rules", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExactTimes_AreRefused_WhoeverAsksForThem()
    {
        var federation = new InProcessFederation(Site("North", 60, 1), Site("South", 50, 2)).Under(Presets.Of("datashield"));

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => CoxModel.Central.RunAsync(
            federation, new("Surv(t, d) ~ x", StratifyBySite: false), TestContext.Current.CancellationToken));

        Assert.Contains("exact times", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<KaplanMeierResult> CurvesAsync(InProcessFederation federation, string formula) =>
        KaplanMeierCurves.Central.RunAsync(federation, new(formula), TestContext.Current.CancellationToken);

    private static InProcessSite Site(string name, int rows, int seed)
    {
        var random = new Random(seed);
        return new(name, new MemoryTable(
            "t",
            MemoryColumn.Of("t", [.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(1, 400))]),
            MemoryColumn.Of("d", [.. Enumerable.Range(0, rows).Select(i => i % 3 == 0 ? 0.0 : 1.0)]),
            MemoryColumn.Of("x", [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())]),
            MemoryColumn.Of("g", [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0 ? 0.0 : 1.0)])));
    }
}
