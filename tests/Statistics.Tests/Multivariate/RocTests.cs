using System.Text.Json;
using Statistics.Tests.Survival;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Roc;

namespace Statistics.Tests.Multivariate;

/// <summary>ROC curves over sites.</summary>
public sealed class RocTests
{
    [Theory]
    [InlineData("dealt", 1)]
    [InlineData("dealt", 7)]
    [InlineData("blocks", 3)]
    [InlineData("uneven", 3)]
    public async Task CurvesAndAreas_AreThoseOfTheirDefinitions(string split, int sites) =>
        await MultivariateReferenceTests.AssertAllAsync("roc", RocAnalysis.Central, ["formula"], Compare, split, sites);

    [Fact]
    public async Task UnderRules_TheAreaIsAsNear_AsTheDocsSay()
    {
        using var sites = Sites.Dealt(Sites.PathOf("wdbc"), 3);
        RocArguments asked = new("malignant ~ mean_radius");
        var exact = await RocAnalysis.Central.RunAsync(sites.Federation, asked, TestContext.Current.CancellationToken);

        var told = await RocAnalysis.Central.RunAsync(
            sites.Federation.Under(DisclosureRules.Acro), asked, TestContext.Current.CancellationToken);

        Assert.True(told.InIntervals);
        Assert.Equal(exact.Auc, told.Auc, 0.05);
    }

    private static void Compare(Comparison comparison, JsonElement expected, RocResult result)
    {
        comparison.Exact("rows", result.Rows);
        comparison.Exact("positives", result.Positives);
        comparison.One("auc", result.Auc);
        comparison.One("standardError", result.StandardError);
        comparison.One("lower", result.ConfidenceInterval![0]);
        comparison.One("upper", result.ConfidenceInterval[1]);
        comparison.All("thresholds", result.Curve.Select(p => (double?)p.Threshold));
        comparison.All("sensitivity", result.Curve.Select(p => (double?)p.Sensitivity));
        comparison.All("specificity", result.Curve.Select(p => (double?)p.Specificity), _ => 1);
        comparison.One("brier", result.Brier);
    }
}
