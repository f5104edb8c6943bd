using System.Text.Json;
using Vantage.Statistics.Summaries;
using Vantage.Tests.Architecture;

namespace Statistics.Tests;

/// <summary>Federated summaries against values that were computed with exact arithmetic elsewhere.</summary>
public sealed class SummaryReferenceTests
{
    private const double Tolerance = 1e-15;

    private static readonly JsonElement Exact =
        JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/exact.json"));

    [Theory]
    [InlineData("iris", 3)]
    [InlineData("lung", 3)]
    [InlineData("wdbc", 3)]
    [InlineData("wdbc", 1)]
    [InlineData("far", 3)]
    [InlineData("far", 100)]
    public async Task RowsDealtToSites_GiveThePooledNumbers(string data, int count)
    {
        using var sites = Sites.Dealt(Sites.PathOf(data), count);

        await AssertExactAsync(data, sites);
    }

    [Theory]
    [InlineData("iris", 3)]
    [InlineData("wdbc", 5)]
    [InlineData("far", 2)]
    [InlineData("far", 1000)]
    public async Task SitesThatDifferMost_GiveThePooledNumbers(string data, int count)
    {
        using var sites = Sites.Blocks(Sites.PathOf(data), count);

        await AssertExactAsync(data, sites);
    }

    [Fact]
    public async Task Iris_HasTheMeansAndDeviationsThatRPrints()
    {
        using var sites = Sites.Dealt(Sites.PathOf("iris"), 3);

        var result = await SummariseAsync(sites);

        double[] means = [5.843333333, 3.057333333, 3.758, 1.199333333];
        double[] deviations = [0.8280661280, 0.4358662849, 1.7652982333, 0.7622376690];
        Assert.Equal(means, result.Columns.Select(c => Math.Round(c.Mean!.Value, 9)));
        Assert.Equal(deviations, result.Columns.Select(c => Math.Round(c.StandardDeviation!.Value, 10)));
        Assert.Equal(new LeftOutColumn("Species", "holds text"), Assert.Single(result.LeftOut));
        Assert.Equal(150, result.Rows);
    }

    private static async Task AssertExactAsync(string data, Sites sites)
    {
        var result = await SummariseAsync(sites);

        var expected = Exact.GetProperty(data).EnumerateObject().ToDictionary(c => c.Name, c => c.Value);
        Assert.Equal(expected.Keys, result.Columns.Select(c => c.Name));
        foreach (var column in result.Columns)
        {
            var exact = expected[column.Name];
            Assert.Equal(exact.GetProperty("count").GetInt64(), column.Count);
            Assert.Equal(exact.GetProperty("missing").GetInt64(), column.Missing);
            AssertClose(exact.GetProperty("mean"), column.Mean, column.Name);
            AssertClose(exact.GetProperty("standardDeviation"), column.StandardDeviation, column.Name);
            AssertShape(exact.GetProperty("skewness"), column.Skewness, column);
            AssertShape(exact.GetProperty("excessKurtosis"), column.ExcessKurtosis, column);
        }
    }

    private static void AssertClose(JsonElement expected, double? actual, string column)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
            return;
        }

        var value = expected.GetDouble();
        Assert.NotNull(actual);
        Assert.True(
            Math.Abs(actual.Value - value) <= Tolerance * Math.Abs(value), $"{column}: expected {value:R}, got {actual:R}");
    }

    /// <summary>Of values whose fourth powers do not fit a double, the shape may not be told. Near zero it counts by its own scale, one.</summary>
    private static void AssertShape(JsonElement expected, double? actual, ColumnSummary column)
    {
        if (actual is null && (expected.ValueKind == JsonValueKind.Null || column.Maximum > 1e76))
            return;
        var value = expected.GetDouble();
        Assert.True(
            Math.Abs(actual!.Value - value) <= 1e-14 * Math.Max(1, Math.Abs(value)), $"{column.Name}: expected {value:R}, got {actual:R}");
    }

    private static Task<SummaryResult> SummariseAsync(Sites sites) =>
        Summary.Central.RunAsync(sites.Federation, new SummaryArguments(), TestContext.Current.CancellationToken);
}
