using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Gamma;
using Vantage.Statistics.NegativeBinomial;
using Vantage.Statistics.Poisson;
using Vantage.Statistics.Regressions;

namespace Statistics.Tests;

/// <summary>What models of counts and of positive numbers cannot estimate is said, and what can be is.</summary>
public sealed class CountModelRefusalTests
{
    private static readonly int[] Row = [.. Enumerable.Range(0, 90)];
    private static readonly string[] Level = [.. Row.Select(i => "abc"[(i * 7 % 9) / 3].ToString())];

    /// <summary>Level c has no events; the others vary more than Poisson's counts do.</summary>
    private static readonly MemoryTable Table = new(
        "t",
        MemoryColumn.Of("x", [.. Row.Select(i => (i * 37 % 90 / 30.0) - 1.5)]),
        MemoryColumn.Of("g", Level),
        MemoryColumn.Of("y", [.. Row.Select(i => Level[i] == "c" ? 0.0 : i * i * 31 % 17 % (3 + (i % 11)))]),
        MemoryColumn.Of("even", [.. Row.Select(i => 3.0 + (i % 2))]),
        MemoryColumn.Of("half", [.. Row.Select(i => i + 0.5)]),
        MemoryColumn.Of("minus", [.. Row.Select(i => (double)-i)]),
        MemoryColumn.Of("zero", [.. Row.Select(_ => 0.0)]),
        MemoryColumn.Of("cost", [.. Row.Select(i => Math.Exp((i % 30) - 15))]));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ALevelWithoutEvents_IsNamed_AndTheRestIsTheModelOfTheOtherRows()
    {
        var others = Federation(Table.Where(i => Level[i] != "c"));

        AssertLimit(
            await PoissonModel.Central.RunAsync(Federation(Table), new("y ~ x + g"), Token),
            await PoissonModel.Central.RunAsync(others, new("y ~ x + g"), Token));
        AssertLimit(
            await NegativeBinomialModel.Central.RunAsync(Federation(Table), new("y ~ x + g"), Token),
            await NegativeBinomialModel.Central.RunAsync(others, new("y ~ x + g"), Token));
    }

    [Fact]
    public async Task CountsThatVaryLessThanPoissons_HaveNoTheta_AndPoissonsCoefficients()
    {
        var counts = await NegativeBinomialModel.Central.RunAsync(Federation(Table), new("even ~ x"), Token);
        var poisson = await PoissonModel.Central.RunAsync(Federation(Table), new("even ~ x"), Token);

        Assert.Null(counts.Theta);
        Assert.Null(counts.ThetaStandardError);
        Assert.False(counts.Converged);
        Assert.Contains(counts.Notes, n => n.Contains("no finite theta", StringComparison.Ordinal));
        Assert.Equal(poisson.Coefficients, counts.Coefficients);
        Assert.Equal(poisson.Deviance, counts.Deviance);
    }

    [Theory]
    [InlineData("half", "'half' of 't' holds other numbers than a poisson model explains: each is a whole number that is not negative.")]
    [InlineData("minus", "'minus' of 't' holds other numbers than a poisson model explains")]
    [InlineData("g", "Column 'g' of 't' holds text, and the outcome of this model is a number.")]
    public async Task AnOutcomeThatIsNoCount_IsNamed(string outcome, string problem)
    {
        var refusal = await Assert.ThrowsAsync<SitesFailedException>(
            () => PoissonModel.Central.RunAsync(Federation(Table), new($"{outcome} ~ x"), Token));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0.5", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOutcomeThatIsNotAboveZero_IsNamed()
    {
        var refusal = await Assert.ThrowsAsync<SitesFailedException>(
            () => GammaModel.Central.RunAsync(Federation(Table), new("y ~ x"), Token));

        Assert.Contains("'y' of 't' holds other numbers than a Gamma model explains: each is above zero.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CountsThatAreAllZero_AreSaid()
    {
        var refusal = await Assert.ThrowsAsync<DataInvalidException>(
            () => PoissonModel.Central.RunAsync(Federation(Table), new("zero ~ x"), Token));

        Assert.Contains("The outcome 'zero' is the same in all complete rows", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherLink_IsRefused() => Assert.Contains(
        "'inverse' or 'log'", Assert.Throws<ArgumentsInvalidException>(new GammaArguments("y ~ x", Link: "identity").Check).Message, StringComparison.Ordinal);

    [Fact]
    public async Task AStepThatLeavesTheMeansOfTheInverseLink_IsTakenBack()
    {
        var result = await GammaModel.Central.RunAsync(Federation(Table), new("cost ~ x"), Token);

        Assert.All(result.Coefficients.Values, c => Assert.True(double.IsFinite(c!.Value)));
        Assert.True(result.Deviance < result.NullDeviance);
    }

    [Fact]
    public async Task TooFewSteps_AreSaidInWords()
    {
        var result = await NegativeBinomialModel.Central.RunAsync(Federation(Table), new("y ~ x", MaxIterations: 2), Token);

        Assert.False(result.Converged);
        Assert.Contains(result.Notes, n => n.StartsWith("The search did not settle in 2 steps", StringComparison.Ordinal));
    }

    private static void AssertLimit(RegressionResult all, RegressionResult others)
    {
        Assert.Equal(SeparationFound.QuasiComplete, all.Separation!.Kind);
        Assert.Equal(["gc"], all.Separation.Terms);
        Assert.Null(all.Coefficients["gc"]);
        Assert.Contains(all.Notes, n => n.Contains("gc would be infinite", StringComparison.Ordinal));
        Assert.True(all.Converged);
        // MASS's steps to theta begin elsewhere with fewer rows, and stop 1e-9 elsewhere.
        foreach (var (name, value) in others.Coefficients)
        {
            Assert.Equal(value!.Value, all.Coefficients[name]!.Value, 1e-8);
            Assert.Equal(others.StandardErrors[name]!.Value, all.StandardErrors[name]!.Value, 1e-8);
        }

        Assert.Equal(others.Deviance!.Value, all.Deviance!.Value, 1e-7);
    }

    private static InProcessFederation Federation(MemoryTable table) => new(
        new("North", table.Where(i => i % 3 != 0)), new InProcessSite("South", table.Where(i => i % 3 == 0)));
}
