using System.Text.Json;
using Vantage.Statistics.Crosstabs;
using Vantage.Tests.Architecture;

namespace Statistics.Tests;

/// <summary>Federated tables of counts against R's for the pooled rows.</summary>
public sealed class CrosstabReferenceTests
{
    private static readonly JsonElement Cases =
        JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/tables.json"));

    [Theory]
    [InlineData("dealt", 1)]
    [InlineData("dealt", 3)]
    [InlineData("dealt", 7)]
    [InlineData("blocks", 3)]
    [InlineData("blocks", 7)]
    [InlineData("uneven", 3)]
    [InlineData("uneven", 7)]
    public async Task Tables_AreThoseOfR(string split, int count)
    {
        foreach (var expected in Cases.EnumerateArray())
        {
            using var sites = Sites.Split(Sites.PathOf(expected.GetProperty("data").GetString()!), split, count);

            var result = await CountAsync(sites, expected);

            Assert.Equal(expected.GetProperty("used").GetInt64(), result.Rows);
            Assert.Equal(expected.GetProperty("leftOut").GetInt64(), result.LeftOut);
            foreach (var level in expected.GetProperty("levels").EnumerateObject())
                Assert.Equal(Texts(level.Value), result.Levels[level.Name].Select(l => l ?? "NA"));
            AssertTable(expected.GetProperty("table"), result.Table);
            AssertTest(expected.GetProperty("independence"), "statistic", "pValue", result.Independence);
            var layers = expected.GetProperty("layers3");
            Assert.Equal(layers.ValueKind == JsonValueKind.Null, result.Layers is null);
            foreach (var (layer, own) in layers.ValueKind == JsonValueKind.Null ? [] : layers.EnumerateObject().Zip(result.Layers!))
                AssertTable(layer.Value, own);
        }
    }

    private static async Task<CrosstabResult> CountAsync(Sites sites, JsonElement asked)
    {
        string[] names = ["rows", "columns", "layers", "includeMissing"];
        var arguments = names.ToDictionary(n => n, n => asked.GetProperty(n));
        var json = await Crosstab.Central.InvokeAsync(
            sites.Federation, JsonSerializer.SerializeToUtf8Bytes(arguments), TestContext.Current.CancellationToken);
        return json.Deserialize(Crosstab.Central.Result)!;
    }

    private static void AssertTable(JsonElement expected, CountTable actual)
    {
        Assert.Equal(
            expected.GetProperty("counts").EnumerateArray().Select(r => r.EnumerateArray().Select(c => (long?)c.GetInt64())), actual.Counts);
        AssertTest(expected, "statistic", "pValue", actual.ChiSquared);
        AssertTest(expected, "yates", "yatesP", actual.ContinuityCorrected);
        if (!expected.TryGetProperty("fisherP", out var fisherP))
        {
            Assert.Null(actual.Fisher);
            return;
        }

        AssertClose(fisherP, actual.Fisher!.PValue);
        AssertClose(expected.GetProperty("oddsRatio"), actual.Fisher.OddsRatio);
        AssertClose(expected.GetProperty("low"), actual.Fisher.ConfidenceInterval[0]);
        AssertClose(expected.GetProperty("high"), actual.Fisher.ConfidenceInterval[1]);
    }

    private static void AssertTest(JsonElement expected, string statistic, string pValue, ChiSquaredTest? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null || !expected.TryGetProperty(statistic, out var value))
        {
            Assert.Null(actual);
            return;
        }

        AssertClose(value, actual!.Statistic);
        AssertClose(expected.GetProperty(pValue), actual.PValue);
    }

    private static void AssertClose(JsonElement expected, double? actual)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
            return;
        }

        var value = expected.GetDouble();
        Assert.True(Math.Abs(value - actual!.Value) <= 1e-9 * Math.Abs(value), $"expected {value:R}, got {actual:R}");
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(l => l.GetString());
}
