using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.FedAvg;
using Vantage.Statistics.Logistic;

namespace Statistics.Tests;

/// <summary>Federated averaging against what it comes near.</summary>
public sealed class FedAvgTests
{
    private const string Formula = "malignant ~ mean_radius + mean_texture";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MoreRounds_ComeNearerToTheExactModel()
    {
        using var sites = Sites.Uneven(Sites.PathOf("wdbc"), 3);
        var exact = (await LogisticModel.Central.RunAsync(sites.Federation, new(Formula), Token)).Coefficients["mean_texture"]!.Value;

        var few = await FedAvgModel.Central.RunAsync(sites.Federation, new(Formula, Rounds: 5, LearningRate: 2), Token);
        var many = await FedAvgModel.Central.RunAsync(sites.Federation, new(Formula, Rounds: 80, LearningRate: 2), Token);

        Assert.True(Math.Abs(many.Coefficients["mean_texture"] - exact) < Math.Abs(few.Coefficients["mean_texture"] - exact) / 4);
        Assert.Equal(many.Losses.OrderDescending(), many.Losses);
    }

    [Fact]
    public async Task AProximalTerm_HoldsSitesNearerToWhereTheyBegan()
    {
        using var sites = Sites.Blocks(Sites.PathOf("wdbc"), 3);
        var free = await FedAvgModel.Central.RunAsync(sites.Federation, new(Formula, Rounds: 1, LocalSteps: 10), Token);
        var held = await FedAvgModel.Central.RunAsync(sites.Federation, new(Formula, Rounds: 1, LocalSteps: 10, Mu: 1), Token);

        Assert.True(Math.Abs(held.Coefficients["mean_radius"]) < Math.Abs(free.Coefficients["mean_radius"]));
        Assert.Contains(free.Notes, n => n.StartsWith("The coefficients still moved after 1 rounds", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALearningRateThatLeadsNowhere_IsSaid()
    {
        using var sites = Sites.Dealt(Sites.PathOf("warpbreaks"), 3);

        var refusal = await Assert.ThrowsAsync<SitesFailedException>(() => FedAvgModel.Central.RunAsync(
            sites.Federation, new("breaks ~ wool", "poisson", LearningRate: 100), Token));

        Assert.Contains("choose a smaller learning rate", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y ~ x", "cauchy", 0.5, "'gaussian', 'binomial' or 'poisson'")]
    [InlineData("y ~ x", "gaussian", 0.0, "learningRate")]
    [InlineData("y ~ x - 1", "gaussian", 0.1, "standardise")]
    public void WhatItDoesNotDo_IsSaid(string formula, string family, double rate, string problem) => Assert.Contains(
        problem,
        Assert.Throws<ArgumentsInvalidException>(new FedAvgArguments(formula, family, LearningRate: rate).Check).Message,
        StringComparison.Ordinal);
}
