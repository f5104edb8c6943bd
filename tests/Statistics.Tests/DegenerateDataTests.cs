using System.Text.Json;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Clusters;
using Vantage.Statistics.Correlations;
using Vantage.Statistics.Cox;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.LogRank;
using Vantage.Statistics.NegativeBinomial;

namespace Statistics.Tests;

/// <summary>Data about which a statistic has nothing to say: it says so in words.</summary>
public sealed class DegenerateDataTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 60)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnOutcomeThatColumnsDetermine_HasNoErrorToSpeakOf()
    {
        var federation = Federation(("x", i => i % 7), ("y", i => (2 * (i % 7)) + 1), ("same", _ => 3));

        var determined = await LinearModel.Central.RunAsync(federation, new("y ~ x"), Token);
        var constant = await LinearModel.Central.RunAsync(federation, new("same ~ x"), Token);

        Assert.Equal([1, 2], determined.Coefficients.Values.Select(c => Math.Round(c!.Value, 12)));
        Assert.Contains("The columns determine the outcome without error: there is no error to speak of.", determined.Notes);
        Assert.Contains(constant.Notes, n => n.StartsWith("The outcome is the same in all rows", StringComparison.Ordinal));
        Assert.Null(constant.RSquared);
    }

    /// <summary>R's <c>cor.test</c> gives an infinite t, p = 0 and the interval [1, 1].</summary>
    [Fact]
    public async Task ColumnsThatDetermineEachOther_CorrelateWithoutError()
    {
        var federation = Federation(("x", i => i % 7), ("y", i => 2 * (i % 7)));

        var result = await Correlation.Central.RunAsync(federation, new(["x", "y"]), Token);

        var pair = Assert.Single(result.Pairs);
        Assert.Equal((1, null, 0), (pair.Correlation, pair.Statistic, pair.PValue));
        Assert.Equal([1, 1], pair.ConfidenceInterval!);
        Assert.Equal("x and y determine each other without error: the statistic is infinite.", Assert.Single(result.Notes));
    }

    /// <summary>
    /// All event times are in the order of a column: in steps so large that a Newton step has no length in the end, or over a range
    /// so wide that risks become zero.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task AColumnThatOrdersTheEvents_HasNoCoefficient(int power)
    {
        var federation = Federation(("t", i => 1 + (i / 10)), ("s", _ => 1), ("x", i => -30 * Math.Pow(i / 10, power)));

        var result = await CoxModel.Central.RunAsync(federation, new("Surv(t, s) ~ x"), Token);

        Assert.Equal(["x"], result.Monotone);
        Assert.Null(result.Coefficients["x"]);
        Assert.Contains(result.Notes, n => n.StartsWith("The likelihood grows for ever along 'x'", StringComparison.Ordinal));
        // JSON has no infinity, which a hazard of risks near zero would be.
        Assert.Equal("x", JsonSerializer.SerializeToElement(result, CoxModel.Central.Result).GetProperty("monotone")[0].GetString());
    }

    /// <summary>
    /// An offset of hundreds leaves no row that weighs anything. R's
    /// <c>glm(status ~ trt + offset(time), binomial, veteran, control = glm.control(1e-14, 100))</c> says 3.3e15 and 1.8e14.
    /// </summary>
    [Fact]
    public async Task AnOffsetThatDecidesEveryRow_LeavesNothingToEstimate()
    {
        using var sites = Sites.Dealt(Sites.PathOf("veteran"), 3);

        var result = await LogisticModel.Central.InvokeAsync(
            sites.Federation, """{"formula": "status ~ trt + offset(time)"}"""u8.ToArray(), Token);

        Assert.False(result.GetProperty("converged").GetBoolean());
        Assert.StartsWith("The search did not settle", result.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, result.GetProperty("standardErrors").GetProperty("trt").ValueKind);
    }

    [Fact]
    public async Task CountsThatVaryNoMoreThanPoissons_HaveNoTheta_AndOneReason()
    {
        var federation = Federation(("x", i => i % 5), ("count", i => 3 + (i % 5)));

        var result = await NegativeBinomialModel.Central.RunAsync(federation, new("count ~ x"), Token);

        Assert.Null(result.Theta);
        Assert.False(result.Converged);
        Assert.StartsWith("The counts vary no more than those of a Poisson model", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATestWithoutEvents_OrOfOneGroup_SaysWhy()
    {
        var federation = Federation(("t", i => 1 + (i % 9)), ("none", _ => 0), ("s", i => i % 2), ("g", i => i % 3), ("one", _ => 1));

        var censored = await LogRankTest.Central.RunAsync(federation, new("Surv(t, none) ~ g"), Token);
        var alone = await LogRankTest.Central.RunAsync(federation, new("Surv(t, s) ~ one"), Token);

        Assert.Equal((null, null), (censored.Statistic, alone.Statistic));
        Assert.Equal("No event happened while two groups were at risk: there is nothing to compare.", Assert.Single(censored.Notes));
        Assert.Equal("All rows are of one group: there is nothing to compare.", Assert.Single(alone.Notes));
    }

    [Fact]
    public async Task ATableOfFewRows_DoubtsItsTest()
    {
        var federation = Federation(("a", i => i < 3 ? 1 : 0), ("b", i => i is 0 or 1 or 7 ? 1 : 0), ("one", _ => 1));

        var few = await Crosstab.Central.RunAsync(federation, new("a", "b"), Token);
        var level = await Crosstab.Central.RunAsync(federation, new("a", "one"), Token);

        Assert.Equal("Some cells expect fewer than 5 rows: the p value of chi-squared may be wrong. Fisher's exact test is right.", Assert.Single(few.Notes));
        Assert.StartsWith("There is no test", Assert.Single(level.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsThatAreAllTheSame_HaveNoTwoClusters()
    {
        var federation = Federation(("x", _ => 1), ("y", _ => 2));

        var refusal = await Assert.ThrowsAsync<DataInvalidException>(
            () => KMeans.Central.RunAsync(federation, new(["x", "y"], Clusters: 2), Token));

        Assert.StartsWith("The columns do not vary enough for 2 clusters", refusal.Message, StringComparison.Ordinal);
    }

    private static InProcessFederation Federation(params (string Name, Func<int, double> Value)[] columns)
    {
        var table = new MemoryTable("t", [.. columns.Select(c => MemoryColumn.Of(c.Name, [.. Rows.Select(c.Value)]))]);
        return new(new("North", table.Where(i => i % 2 == 0)), new InProcessSite("South", table.Where(i => i % 2 == 1)));
    }
}
