using Vantage.Algorithms.Functions;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Ridge;

namespace Statistics.Tests;

/// <summary>What holds of ridge models whatever the data.</summary>
public sealed class RidgeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutAPenalty_RidgeIsTheLinearModel()
    {
        using var sites = Sites.Dealt(Sites.PathOf("mtcars"), 3);

        var ridge = await RidgeModel.Central.RunAsync(sites.Federation, new("mpg ~ wt + hp + I(2 * hp)", [0]), Token);
        var linear = await LinearModel.Central.RunAsync(sites.Federation, new("mpg ~ wt + hp + I(2 * hp)"), Token);

        Assert.Null(ridge.Fits[0].Coefficients["I(2 * hp)"]);
        foreach (var (name, value) in linear.Coefficients)
            Assert.Equal(value ?? double.NaN, ridge.Fits[0].Coefficients[name] ?? double.NaN, 1e-12);
        Assert.Equal(2, ridge.Fits[0].EffectiveParameters, 1e-12);
    }

    [Fact]
    public async Task AColumnThatIsAllTheSame_HasTheCoefficientZero()
    {
        using var sites = Sites.Dealt(Sites.PathOf("mixed"), 3);

        var result = await RidgeModel.Central.RunAsync(sites.Federation, new("y ~ x + flat", [0.1], "binomial"), Token);

        Assert.Equal(0, result.Fits[0].Coefficients["flat"]);
        Assert.NotEqual(0, result.Fits[0].Coefficients["x"]);
    }

    [Fact]
    public async Task WhatSeparatesTheOutcome_HasEstimatesUnderAPenalty()
    {
        using var sites = Sites.Dealt(Sites.PathOf("separated"), 3);

        var result = await RidgeModel.Central.RunAsync(sites.Federation, new("y ~ x + v + level", [0.01], "binomial"), Token);

        Assert.True(result.Fits[0].Converged);
        Assert.InRange(result.Fits[0].Coefficients["levelc"]!.Value, 0.1, 10);
    }

    [Theory]
    [InlineData("y ~ x - 1", 1.0, "gaussian", "glmnet", "has an intercept")]
    [InlineData("y ~ x + offset(x)", 1.0, "binomial", "glmnet", "has no offset")]
    [InlineData("y ~ x", -1.0, "gaussian", "glmnet", "lambda")]
    [InlineData("y ~ x", 1.0, "poisson", "glmnet", "'gaussian' or 'binomial'")]
    [InlineData("y ~ x", 1.0, "binomial", "mass", "'glmnet', or for a gaussian model 'mass'")]
    public void WhatRidgeDoesNotDo_IsSaid(string formula, double lambda, string family, string scale, string problem) => Assert.Contains(
        problem, Assert.Throws<ArgumentsInvalidException>(new RidgeArguments(formula, [lambda], family, scale).Check).Message, StringComparison.Ordinal);
}
