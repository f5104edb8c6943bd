using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Regressions;
using Vantage.Tests.Architecture;

namespace Statistics.Tests;

/// <summary>Federated models against those that R's lm and glm fit to the pooled rows.</summary>
public sealed class RegressionReferenceTests
{
    private static readonly JsonElement Cases =
        JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/models.json"));

    public static TheoryData<string, int> Splits => new()
    {
        { "dealt", 1 }, { "dealt", 3 }, { "dealt", 7 }, { "blocks", 3 }, { "blocks", 7 }, { "uneven", 3 }, { "uneven", 7 },
    };

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task LinearModels_AreThoseOfR(string split, int sites) => await AssertAllAsync("gaussian", split, sites);

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task LogisticModels_AreThoseOfR(string split, int sites) => await AssertAllAsync("binomial", split, sites);

    private static async Task AssertAllAsync(string family, string split, int count)
    {
        var differences = new List<string>();
        foreach (var expected in Cases.EnumerateArray().Where(c => c.GetProperty("family").GetString() == family))
        {
            using var sites = Sites.Split(Sites.PathOf(expected.GetProperty("data").GetString()!), split, count);
            var result = await FitAsync(sites.Federation, expected);
            differences.AddRange(new ModelComparison(expected, result).Differences()
                .Select(d => $"{expected.GetProperty("formula").GetString()}: {d}"));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>By way of JSON, as any client gets it.</summary>
    private static async Task<RegressionResult> FitAsync(IFederation federation, JsonElement asked)
    {
        var arguments = new Dictionary<string, JsonElement>();
        foreach (var name in (string[])["formula", "weights", "reference", "confidenceLevel"])
            arguments[name] = asked.GetProperty(name);
        CentralFunction central =
            asked.GetProperty("family").GetString() == "gaussian" ? LinearModel.Central : LogisticModel.Central;
        var json = await central.InvokeAsync(
            federation, JsonSerializer.SerializeToUtf8Bytes(arguments), TestContext.Current.CancellationToken);
        return central == LinearModel.Central
            ? json.Deserialize(LinearModel.Central.Result)!
            : json.Deserialize(LogisticModel.Central.Result)!;
    }
}
