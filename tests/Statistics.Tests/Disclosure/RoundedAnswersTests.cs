using System.Text.Json;
using Statistics.Tests.Disclosure.Filter;
using Statistics.Tests.Survival;
using Vantage.Algorithms.Functions;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Histograms;
using Vantage.Statistics.KaplanMeier;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Quantiles;
using Vantage.Statistics.Roc;
using Vantage.Statistics.Summaries;

namespace Statistics.Tests.Disclosure;

/// <summary>Where a site rounds counts, tables are answered with rounded ones, and say so and how far they may be off.</summary>
public sealed class RoundedAnswersTests
{
    private const int Step = 5;

    [Fact]
    public async Task ATable_IsOfMultiples_EachNoFurtherOffThanItSays()
    {
        var (free, ruled, left) = await AskAsync("lung", Crosstab.Central, new("sex", "status"));

        Assert.All(left, partial => AssertMultiples(partial, "rows", "leftOut", "counts"));
        Assert.All(
            free.Table.Counts.SelectMany(r => r).Zip(ruled.Table.Counts.SelectMany(r => r)),
            c => Assert.InRange(c.Second!.Value, c.First!.Value - (3 * 2), c.First.Value + (3 * 2)));
        Assert.Equal(ruled.Table.Total, ruled.Table.Counts.Sum(r => r.Sum()));
        Assert.NotNull(ruled.Table.ChiSquared);
        Assert.Contains(ruled.Notes, n => n.StartsWith("Counts are rounded: site 0 to multiples of 5", StringComparison.Ordinal)
            && n.Contains("may be off by up to 6, and cells need not add up to the rows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AHistogram_IsOfMultiples_AndSaysSo()
    {
        var (free, ruled, left) = await AskAsync("wdbc", Histogram.Central, new("mean_radius", Edges: [5, 10, 12, 14, 16, 20, 30]));

        Assert.All(left, partial => AssertMultiples(partial, "rows", "below", "above", "missing", "counts"));
        Assert.All(free.Counts.Zip(ruled.Counts), c => Assert.True(c.Second is null || Math.Abs(c.Second.Value - c.First!.Value) <= 6));
        Assert.Contains(ruled.Counts, c => c > 0);
        Assert.Contains(ruled.Notes, n => n.Contains("densities are of the rounded counts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Quantiles_LieBetweenTheirBounds_AllTheSame()
    {
        var (free, ruled, left) = await AskAsync("wdbc", Quantile.Central, new(["mean_radius"], [0.25, 0.5, 0.75]));

        Assert.All(left.Where(p => p.GetProperty("columns")[0].TryGetProperty("counts", out _)), p => AssertMultiples(p.GetProperty("columns")[0], "rows", "counts"));
        Assert.All(Enumerable.Range(0, 3), i => Assert.InRange(
            free.Columns[0].Values[i]!.Value, ruled.Columns[0].Lowest[i]!.Value, ruled.Columns[0].Highest[i]!.Value));
        Assert.Contains(ruled.Notes, n => n.StartsWith("Counts are rounded", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CurvesAreOfRoundedCounts_AndSaySo()
    {
        var survival = await AskAsync("lung", KaplanMeierCurves.Central, new("Surv(time, status) ~ 1"));
        var scores = await AskAsync("wdbc", RocAnalysis.Central, new("malignant ~ mean_area"));

        Assert.Contains(survival.Ruled.Notes, n => n.Contains("curves are of the rounded counts", StringComparison.Ordinal));
        Assert.Contains(scores.Ruled.Notes, n => n.Contains("the curve is of the rounded counts", StringComparison.Ordinal));
        Assert.InRange(scores.Ruled.Auc - scores.Free.Auc, -0.05, 0.05);
    }

    [Fact]
    public async Task MeansAndModels_AreTheSame_SinceTheirRowsAreNoTable()
    {
        var means = await AskAsync("wdbc", Summary.Central, new(["mean_radius"]));
        var model = await AskAsync("wdbc", LinearModel.Central, new("mean_radius ~ mean_texture"));

        Assert.Equal(means.Free.Columns[0].Mean!.Value, means.Ruled.Columns[0].Mean!.Value, 1e-12);
        Assert.Equal(model.Free.Rows, model.Ruled.Rows);
        Assert.All(model.Free.Coefficients, c => Assert.Equal(c.Value!.Value, model.Ruled.Coefficients[c.Key]!.Value, 1e-9));
    }

    private static void AssertMultiples(JsonElement partial, params string[] members) => Assert.All(
        members.Where(m => partial.TryGetProperty(m, out _)).SelectMany(m => partial.GetProperty(m) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [partial.GetProperty(m)])
            .Where(v => v.ValueKind == JsonValueKind.Number),
        count => Assert.Equal(0, count.GetInt64() % Step));

    /// <summary>Without rules, under rounding, and what left the sites then.</summary>
    private static async Task<(TResult Free, TResult Ruled, List<JsonElement> Left)> AskAsync<TArgs, TResult>(
        string data, CentralFunction<TArgs, TResult> central, TArgs arguments)
    {
        using var sites = new SplitSites(3);
        var federation = new FilteredFederation(sites.Of(data), Presets.Of("rounded"));
        var free = await central.RunAsync(new FilteredFederation(sites.Of(data), Presets.Of("off")), arguments, TestContext.Current.CancellationToken);
        var ruled = await central.RunAsync(federation, arguments, TestContext.Current.CancellationToken);
        return (free, ruled, [.. federation.Judged.Select(j => JsonElement.Parse(Assert.IsType<OutputVerdict.Passes>(j.Verdict).Bytes.Span))]);
    }
}
