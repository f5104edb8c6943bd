using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Anovas;
using Vantage.Statistics.Correlations;
using Vantage.Statistics.TTests;

namespace Statistics.Tests;

/// <summary>What tests of means, analyses of variance and correlations cannot answer is said.</summary>
public sealed class DescriptiveRefusalTests
{
    private static readonly InProcessFederation Federation = new(
        new("North", new MemoryTable(
            "t", MemoryColumn.Of("y", 1, 2, 3, 5), MemoryColumn.Of("g", "a", "b", "c", "a"), MemoryColumn.Of("h", "u", "v", "u", "v"))),
        new InProcessSite("South", new MemoryTable(
            "t", MemoryColumn.Of("y", 2, 9, 4), MemoryColumn.Of("g", "b", "a", "b"), MemoryColumn.Of("h", "u", "u", "v"))));

    [Theory]
    [InlineData("y ~ g", "3 levels")]
    [InlineData("y ~ g + h", "written y ~ group")]
    [InlineData("y ~ 0 + h", "written y ~ group")]
    [InlineData("y ~ log(y2)", "written y ~ group")]
    [InlineData("Pair(y) ~ 1", "written y ~ group")]
    [InlineData("Pair(y, z) ~ h", "written y ~ group")]
    [InlineData("factor(h) ~ g", "means of numbers")]
    public async Task AFormulaThatIsNoTTest_IsRefused(string formula, string why) =>
        Assert.Contains(why, (await FailAsync(TTest.Central, new(formula))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task GroupsThatDoNotVary_HaveNoTest()
    {
        var constant = new InProcessFederation(new InProcessSite(
            "North", new MemoryTable("t", MemoryColumn.Of("y", 1, 1, 2, 2), MemoryColumn.Of("g", "a", "a", "b", "b"))));

        var result = await TTest.Central.RunAsync(constant, new("y ~ g"), TestContext.Current.CancellationToken);

        Assert.Equal((-1.0, null, null), (result.Estimate, result.Statistic, result.PValue));
        Assert.Single(result.Notes);
    }

    [Fact]
    public async Task AGroupOfOneRow_HasNoVariance()
    {
        var lone = new InProcessFederation(new InProcessSite(
            "North", new MemoryTable("t", MemoryColumn.Of("y", 1, 4, 2), MemoryColumn.Of("g", "a", "a", "b"))));

        var refusal = await Assert.ThrowsAsync<DataInvalidException>(
            () => TTest.Central.RunAsync(lone, new("y ~ g"), TestContext.Current.CancellationToken));

        Assert.Contains("not enough complete rows", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y ~ g * h", 3, "combination of levels")]
    [InlineData("y ~ g:h", 3, "write a * b")]
    [InlineData("y ~ 0 + g", 3, "intercept")]
    [InlineData("y ~ g", 4, "1, 2 or 3")]
    [InlineData("y ~ 1", 1, "at least one term")]
    public async Task AnAnovaThatHasNoAnswer_SaysWhy(string formula, int type, string why) =>
        Assert.Contains(why, (await FailAsync(Anova.Central, new(formula, type))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task AColumnThatDoesNotVary_HasNoCorrelation()
    {
        var flat = new InProcessFederation(new InProcessSite(
            "North", new MemoryTable("t", MemoryColumn.Of("x", 0.1, 0.1, 0.1, 0.1), MemoryColumn.Of("y", 1, 4, 2, 3))));

        var result = await Correlation.Central.RunAsync(flat, new(["x", "y"]), TestContext.Current.CancellationToken);

        Assert.Null(Assert.Single(result.Pairs).Correlation);
        Assert.Contains("x and y", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ColumnsOnOneLine_HaveAnInfiniteStatistic()
    {
        var line = new InProcessFederation(new InProcessSite(
            "North", new MemoryTable("t", MemoryColumn.Of("x", 1, 2, 3, 4), MemoryColumn.Of("y", -2, -4, -6, -8))));

        var pair = Assert.Single(
            (await Correlation.Central.RunAsync(line, new(["x", "y"]), TestContext.Current.CancellationToken)).Pairs);

        Assert.Equal((-1.0, null, 0), (pair.Correlation, pair.Statistic, pair.PValue));
    }

    private static async Task<Exception> FailAsync<TArgs, TResult>(CentralFunction<TArgs, TResult> central, TArgs arguments) =>
        await Assert.ThrowsAnyAsync<Exception>(
            () => central.RunAsync(Federation, arguments, TestContext.Current.CancellationToken));
}
