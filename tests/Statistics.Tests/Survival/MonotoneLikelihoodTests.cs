using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Cox;

namespace Statistics.Tests.Survival;

/// <summary>What has no finite estimate is named, not given as a large number.</summary>
public sealed class MonotoneLikelihoodTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AGroupWithoutEvents_IsNamed_AndTheRestIsEstimated(bool stratifyBySite)
    {
        var federation = new InProcessFederation(Site("North", 1), Site("South", 2));

        var result = await CoxModel.Central.RunAsync(
            federation, new("Surv(t, d) ~ x + g", StratifyBySite: stratifyBySite), TestContext.Current.CancellationToken);

        Assert.Equal(["gnever"], result.Monotone);
        Assert.Null(result.Coefficients["gnever"]);
        Assert.Null(result.Wald);
        Assert.NotNull(result.Coefficients["x"]);
        Assert.NotNull(result.StandardErrors["x"]);
        Assert.Contains(result.Notes, n => n.Contains("'gnever'", StringComparison.Ordinal));
    }

    private static InProcessSite Site(string name, int seed)
    {
        var random = new Random(seed);
        return new(name, new MemoryTable(
            "t",
            MemoryColumn.Of("t", [.. Enumerable.Range(0, 40).Select(_ => (double)random.Next(1, 100))]),
            MemoryColumn.Of("d", [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 0.0 : 1.0)]),
            MemoryColumn.Of("x", [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())]),
            MemoryColumn.Of("g", [.. Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? "never" : "ever")])));
    }
}
