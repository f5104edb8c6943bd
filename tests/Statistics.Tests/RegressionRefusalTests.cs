using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;

namespace Statistics.Tests;

/// <summary>What cannot be estimated is said, with the site and the column, and what can be is.</summary>
public sealed class RegressionRefusalTests
{
    private static readonly MemoryTable North = new(
        "patients",
        MemoryColumn.Of("y", 1, 2, 4, 3, 7, 5),
        MemoryColumn.Of("dead", 0, 1, 0, 1, 1, 0),
        MemoryColumn.Of("x", 1, 2, 3, 4, 5, double.NaN),
        MemoryColumn.Of("sex", "f", "m", "f", "m", "f", "m"),
        MemoryColumn.Of("w", 1, 1, 1, 1, -1, 1),
        MemoryColumn.Of("flat", 3, 3, 3, 3, 3, 3),
        MemoryColumn.Of("zero", 0, 1, 2, 3, 4, 5),
        MemoryColumn.Of("none", Enumerable.Repeat(double.NaN, 6).ToArray()));

    private static readonly MemoryTable South = new(
        "people",
        MemoryColumn.Of("y", 2, 8, 1),
        MemoryColumn.Of("dead", 1, 0, 0),
        MemoryColumn.Of("x", "1", "two", "3"),
        MemoryColumn.Of("sex", "f", "f", "x"),
        MemoryColumn.Of("w", 1, 2, 0),
        MemoryColumn.Of("flat", 3, 3, 3),
        MemoryColumn.Of("zero", 1, 2, 3),
        MemoryColumn.Of("none", 1, 2, 3));

    [Fact]
    public async Task AColumnThatIsTextAtOneSiteAndNumbersAtAnother_IsNamedWithBothSites()
    {
        var refusal = await Assert.ThrowsAsync<DataInvalidException>(() => LinearAsync("y ~ x"));

        Assert.StartsWith("Column 'x' holds numbers at North and text at South.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y ~ log(zero)", "North failed (data-invalid): 'log(zero)' is not a finite number in every complete row of 'patients'")]
    [InlineData("y ~ log(sex)", "Column 'sex' of 'patients' holds text, not numbers.")]
    [InlineData("sex ~ y", "Column 'sex' of 'patients' holds text, and the outcome of this model is a number.")]
    [InlineData("y ~ years", "'patients' has no column 'years'.")]
    public async Task WhatASiteCannotCompute_IsNamedWithTheColumn(string formula, string reason)
    {
        var refusal = await Assert.ThrowsAsync<SitesFailedException>(() => LinearAsync(formula));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NegativeWeights_AreNamed()
    {
        var refusal = await Assert.ThrowsAsync<SitesFailedException>(() => LinearAsync("y ~ sex", weights: "w"));

        Assert.Contains("North failed (data-invalid): Column 'w' of 'patients' holds a negative weight.", refusal.Message, StringComparison.Ordinal);
        Assert.Single(refusal.Reasons);
    }

    [Fact]
    public async Task WeightsThatAreAllZero_AreSaid()
    {
        var table = new MemoryTable("t", MemoryColumn.Of("y", 0, 1, 1), MemoryColumn.Of("x", 1, 2, 3), MemoryColumn.Of("w", 0, 0, 0));
        var federation = new InProcessFederation(new InProcessSite("A", table));

        var linear = await Assert.ThrowsAsync<DataInvalidException>(
            () => LinearModel.Central.RunAsync(federation, new("y ~ x", "w"), TestContext.Current.CancellationToken));
        var logistic = await Assert.ThrowsAsync<DataInvalidException>(
            () => LogisticModel.Central.RunAsync(federation, new("y ~ x", "w"), TestContext.Current.CancellationToken));

        Assert.Contains("has the weight 0 in column 'w'", linear.Message, StringComparison.Ordinal);
        Assert.Equal(linear.Message, logistic.Message);
    }

    [Theory]
    [InlineData("y ~ flat", "holds other numbers than 0 and 1")]
    [InlineData("sex ~ y", "'sex' has 3 levels in the complete rows of all sites: 'f', 'm', 'x'. The outcome of a logistic model has two.")]
    public async Task AnOutcomeThatIsNotOneOfTwo_IsNamed(string formula, string problem)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => LogisticAsync(formula));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOutcomeThatNeverVaries_IsSaid()
    {
        var table = new MemoryTable("t", MemoryColumn.Of("y", 1, 1, 1), MemoryColumn.Of("x", 1, 2, 3));

        var refusal = await Assert.ThrowsAsync<DataInvalidException>(() => LogisticModel.Central.RunAsync(
            new InProcessFederation(new InProcessSite("A", table)), new("y ~ x"), TestContext.Current.CancellationToken));

        Assert.Contains("The outcome 'y' is the same in all complete rows", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReferenceThatNoSiteHas_IsAnsweredWithTheLevels()
    {
        var refusal = await Assert.ThrowsAsync<ArgumentsInvalidException>(
            () => LinearAsync("y ~ sex", reference: new() { ["sex"] = "female" }));
        var number = await Assert.ThrowsAsync<ArgumentsInvalidException>(
            () => LinearAsync("y ~ zero", reference: new() { ["zero"] = "1" }));

        Assert.Contains("'sex' has no level 'female' at any site. It has: f, m, x.", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Numbers become a factor by factor(zero)", number.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoCompleteRowAnywhere_IsSaid()
    {
        var refusal = await Assert.ThrowsAsync<DataInvalidException>(() => LinearModel.Central.RunAsync(
            new InProcessFederation(new InProcessSite("North", North)), new("y ~ none"), TestContext.Current.CancellationToken));

        Assert.Contains("No site has a row without a missing value in the columns y, none", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASiteWithoutCompleteRows_SaysSo_AndTheOthersCount()
    {
        var result = await LinearAsync("y ~ none");

        Assert.Equal([("North", 0, 6), ("South", 3, 0)], result.Sites.Select(s => (s.Site, s.Rows, s.LeftOut)));
        Assert.Equal((3, 6), (result.Rows, result.LeftOut));
        Assert.NotNull(result.Coefficients["none"]);
    }

    [Fact]
    public async Task AConstantColumn_IsNamedCollinear()
    {
        var result = await LinearAsync("y ~ flat + sex");

        Assert.Equal(["flat"], result.Collinear);
        Assert.Null(result.Coefficients["flat"]);
        Assert.NotNull(result.Coefficients["sexm"]);
    }

    [Fact]
    public async Task ALevelThatOnlyOneSiteHas_IsEstimated()
    {
        var result = await LinearAsync("y ~ sex");

        Assert.Equal(["(Intercept)", "sexm", "sexx"], result.Coefficients.Keys);
        Assert.Equal((1 + 4 + 7 + 2 + 8) / 5.0, result.Coefficients["(Intercept)"]!.Value, 12);
        Assert.Equal(1 - 4.4, result.Coefficients["sexx"]!.Value, 12);
    }

    [Fact]
    public async Task AnIdentifierAsCategory_IsRefused()
    {
        var ids = new MemoryTable(
            "t",
            MemoryColumn.Of("y", [.. Enumerable.Range(0, 600).Select(i => (double)i)]),
            MemoryColumn.Of("id", [.. Enumerable.Range(0, 600).Select(i => $"p{i}")]));
        var federation = new InProcessFederation(new InProcessSite("A", ids));

        var model = await Assert.ThrowsAsync<SitesFailedException>(
            () => LinearModel.Central.RunAsync(federation, new("y ~ id"), TestContext.Current.CancellationToken));
        var table = await Assert.ThrowsAsync<SitesFailedException>(
            () => Crosstab.Central.RunAsync(federation, new("id", "y"), TestContext.Current.CancellationToken));

        Assert.Contains("'id' of 't' has more than 500 levels", model.Message, StringComparison.Ordinal);
        Assert.Contains("has more than 500 levels", table.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ColumnsOtherThanTheFormulaNames_AreRefusedAtTheSite()
    {
        var federation = new InProcessFederation(new InProcessSite("South", South));

        var answer = await federation.RunAsync(
            LinearModel.Algorithm,
            LinearModel.Partial,
            new LinearStep(["y"], new("y ~ zero", null, [], new Dictionary<string, IReadOnlyList<string>>())),
            TestContext.Current.CancellationToken);

        Assert.Contains("they are not the columns that the formula and the weights name: y, zero", answer[0].Why, StringComparison.Ordinal);
    }

    private static Task<LinearResult> LinearAsync(
        string formula, string? weights = null, Dictionary<string, string>? reference = null) =>
        LinearModel.Central.RunAsync(
            new InProcessFederation(new("North", North), new("South", South)),
            new(formula, weights, reference),
            TestContext.Current.CancellationToken);

    private static Task<LogisticResult> LogisticAsync(string formula) =>
        LogisticModel.Central.RunAsync(
            new InProcessFederation(new("North", North), new("South", South)), new(formula), TestContext.Current.CancellationToken);
}
