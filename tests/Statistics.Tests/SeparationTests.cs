using System.Text.Json;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Regressions;
using Vantage.Tests.Architecture;

namespace Statistics.Tests;

/// <summary>Outcomes that columns tell apart without error have no finite estimates, and a result says so.</summary>
public sealed class SeparationTests
{
    private static readonly JsonElement Cases =
        JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/separation.json"));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AllColumnsOfWdbc_SeparateCompletely(int count)
    {
        var columns = File.ReadLines(Sites.PathOf("wdbc")).First().Split(',').Where(c => c != "malignant");
        using var sites = Sites.Dealt(Sites.PathOf("wdbc"), count);

        var result = await FitAsync(sites.Federation, "malignant ~ " + string.Join(" + ", columns));

        Assert.Equal(SeparationFound.Complete, result.Separation!.Kind);
        Assert.Equal(31, result.Separation.Terms.Count);
        Assert.False(result.Converged);
        Assert.All(result.Coefficients.Values, Assert.Null);
        Assert.All(result.StandardErrors.Values, Assert.Null);
        Assert.All(result.ConfidenceIntervals.Values, Assert.Null);
        Assert.Null(result.Deviance);
    }

    [Theory]
    [InlineData("dealt", 1)]
    [InlineData("dealt", 3)]
    [InlineData("blocks", 7)]
    public async Task WhatSeparatesOnlySomeRows_IsNamed_AndTheRestIsEstimated(string split, int count)
    {
        foreach (var expected in Cases.EnumerateArray())
        {
            using var sites = Sites.Split(Sites.PathOf("separated"), split, count);

            var result = await FitAsync(sites.Federation, expected.GetProperty("formula").GetString()!);

            Assert.Equal(SeparationFound.QuasiComplete, result.Separation!.Kind);
            Assert.Equal(Texts(expected, "infinite"), result.Separation.Terms);
            foreach (var (i, name) in Texts(expected, "names").Index())
            {
                var isInfinite = result.Separation.Terms.Contains(name);
                AssertClose(isInfinite ? null : Number(expected, "coefficients", i), result.Coefficients[name], name);
                AssertClose(isInfinite ? null : Number(expected, "standardErrors", i), result.StandardErrors[name], name);
            }

            AssertClose(expected.GetProperty("deviance").GetDouble(), result.Deviance, "deviance");
            AssertClose(expected.GetProperty("nullDeviance").GetDouble(), result.NullDeviance, "null deviance");
            AssertClose(expected.GetProperty("aic").GetDouble(), result.Aic, "AIC");
            Assert.Equal(expected.GetProperty("degreesOfFreedom").GetInt64(), result.DegreesOfFreedom);
            Assert.True(result.Converged);
        }
    }

    [Fact]
    public async Task AColumnThatIsTheOutcome_SeparatesCompletely()
    {
        var table = new MemoryTable("t", MemoryColumn.Of("y", 0, 1, 0, 1, 1, 0), MemoryColumn.Of("x", 3, 9, 2, 8, 7, 4));

        var result = await FitAsync(new InProcessFederation(new InProcessSite("A", table)), "y ~ x");

        Assert.Equal(SeparationFound.Complete, result.Separation!.Kind);
        Assert.Equal(["(Intercept)", "x"], result.Separation.Terms);
    }

    [Fact]
    public async Task TooFewRounds_AreSaidToHaveNotConverged()
    {
        using var sites = Sites.Dealt(Sites.PathOf("wdbc"), 3);

        var result = await LogisticModel.Central.RunAsync(
            sites.Federation, new("malignant ~ mean_radius + mean_texture", MaxIterations: 3), TestContext.Current.CancellationToken);

        Assert.False(result.Converged);
        Assert.Null(result.Separation);
        Assert.Equal(3, result.Iterations);
        Assert.All(result.Coefficients.Values, c => Assert.NotNull(c));
    }

    private static Task<LogisticResult> FitAsync(InProcessFederation federation, string formula) =>
        LogisticModel.Central.RunAsync(federation, new(formula), TestContext.Current.CancellationToken);

    private static string[] Texts(JsonElement expected, string name) =>
        [.. expected.GetProperty(name).EnumerateArray().Select(n => n.GetString()!)];

    private static double Number(JsonElement expected, string name, int i) => expected.GetProperty(name)[i].GetDouble();

    private static void AssertClose(double? expected, double? actual, string what) => Assert.True(
        expected is null ? actual is null : Math.Abs(expected.Value - actual!.Value) <= 1e-9 * Math.Abs(expected.Value),
        $"{what}: expected {expected:R}, got {actual:R}");
}
