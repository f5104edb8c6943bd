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

    /// <summary>
    /// At the limit the rows of the group weigh nothing, and a column that varies among them only is left open. R, with z null too:
    /// <c>coxph(Surv(t, d) ~ x + g + z, control = coxph.control(eps = 1e-14, iter.max = 100))</c>.
    /// </summary>
    [Fact]
    public async Task AColumnThatVariesInAGroupWithoutEventsOnly_HasNoEstimateEither()
    {
        int[] rows = [.. Enumerable.Range(0, 40)];
        var table = new MemoryTable(
            "t",
            MemoryColumn.Of("t", [.. rows.Select(i => 1.0 + (i * 7 % 41))]),
            MemoryColumn.Of("d", [.. rows.Select(i => i % 4 == 0 ? 0.0 : 1.0)]),
            MemoryColumn.Of("x", [.. rows.Select(i => i * 5 % 13.0)]),
            MemoryColumn.Of("g", [.. rows.Select(i => i % 4 == 0 ? "never" : "ever")]),
            MemoryColumn.Of("z", [.. rows.Select(i => i % 4 == 0 ? i % 3.0 : 0)]));
        var federation = new InProcessFederation(new("North", table.Where(i => i < 15)), new InProcessSite("South", table.Where(i => i >= 15)));

        var result = await CoxModel.Central.RunAsync(federation, new("Surv(t, d) ~ x + g + z"), TestContext.Current.CancellationToken);

        Assert.Equal(["gnever", "z"], result.Monotone);
        Assert.Null(result.StandardErrors["z"]);
        Assert.Equal(0.0051142118779884315, result.Coefficients["x"]!.Value, 1e-12);
        Assert.Equal(0.04906421757217707, result.StandardErrors["x"]!.Value, 1e-12);
        Assert.Equal(-74.652805880843871, result.LogLikelihood, 1e-9);
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
