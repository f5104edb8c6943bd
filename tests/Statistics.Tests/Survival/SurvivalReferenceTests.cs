using System.Text.Json;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Cox;
using Vantage.Statistics.KaplanMeier;
using Vantage.Statistics.LogRank;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Survival;

/// <summary>Federated survival analyses against those that R's survival computes for the pooled rows.</summary>
public sealed class SurvivalReferenceTests
{
    private static readonly JsonElement Cases =
        JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/survival.json"));

    public static TheoryData<string, int> Splits => new()
    {
        { "dealt", 1 }, { "dealt", 3 }, { "dealt", 7 }, { "blocks", 3 }, { "blocks", 7 }, { "uneven", 3 }, { "uneven", 7 },
    };

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task Curves_AreThoseOfSurvfit(string split, int sites) => await AssertAllAsync(
        "kaplan-meier", KaplanMeierCurves.Central, CurveComparison.Differences, split, sites);

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task LogRankTests_AreThoseOfSurvdiff(string split, int sites) => await AssertAllAsync(
        "logrank", LogRankTest.Central, LogRankComparison.Differences, split, sites);

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task CoxModels_AreThoseOfCoxph(string split, int sites) => await AssertAllAsync(
        "cox", CoxModel.Central, (expected, result) => CoxComparison.Differences(expected, result, sites == 1), split, sites);

    private static async Task AssertAllAsync<TArgs, TResult>(
        string kind,
        CentralFunction<TArgs, TResult> central,
        Func<JsonElement, TResult, IEnumerable<string>> compare,
        string split,
        int count)
    {
        var differences = new List<string>();
        foreach (var expected in Cases.EnumerateArray().Where(c => c.GetProperty("kind").GetString() == kind))
        {
            using var sites = Sites.Split(Sites.PathOf(expected.GetProperty("data").GetString()!), split, count);
            var result = await AskAsync(central, sites, expected);
            differences.AddRange(compare(expected, result).Select(d => $"{expected.GetProperty("formula").GetString()}: {d}"));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>By way of JSON, as any client gets it.</summary>
    private static async Task<TResult> AskAsync<TArgs, TResult>(
        CentralFunction<TArgs, TResult> central, Sites sites, JsonElement asked)
    {
        string[] names = ["formula", "confidenceType", "confidenceLevel", "times", "rho", "ties", "stratifyBySite"];
        var arguments = names
            .Where(n => asked.TryGetProperty(n, out var value) && value.ValueKind != JsonValueKind.Null)
            .ToDictionary(n => n, n => asked.GetProperty(n));
        var json = await central.InvokeAsync(
            sites.Federation, JsonSerializer.SerializeToUtf8Bytes(arguments), TestContext.Current.CancellationToken);
        return json.Deserialize(central.Result)!;
    }
}
