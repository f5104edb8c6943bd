using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Cox;
using Vantage.Statistics.KaplanMeier;
using Vantage.Statistics.LogRank;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Survival;

/// <summary>
/// Federated survival analyses against those that R's survival computes for the pooled rows, in all that they tell. Over more sites
/// and other splits, the differences document holds their numbers to the same reference.
/// </summary>
public sealed class SurvivalReferenceTests
{
    private static readonly JsonElement Cases =
        JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/survival.json"));

    public static TheoryData<string, int> Splits => new()
    {
        { "dealt", 1 }, { "uneven", 3 },
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

    /// <summary>By Cox's and the log-rank test's nature exactly what R answers with <c>strata(site)</c>, and the same under all rules.</summary>
    [Theory]
    [InlineData("off")]
    [InlineData("datashield")]
    [InlineData("acro")]
    public async Task WhatIsStratifiedBySite_IsThatOfR_UnderAllRules(string preset)
    {
        var differences = new List<string>();
        foreach (var expected in Cases.EnumerateArray().Where(IsWithin).Where(c => preset != "acro" || IsLarge(c)))
        {
            using var sites = Sites.Dealt(Sites.PathOf(expected.GetProperty("data").GetString()!), 3);
            var federation = sites.Federation.Under(Presets.Of(preset));
            differences.AddRange(expected.GetProperty("kind").GetString() == "cox"
                ? CoxComparison.Differences(expected, await AskAsync(CoxModel.Central, federation, expected), false)
                : LogRankComparison.Differences(expected, await AskAsync(LogRankTest.Central, federation, expected)));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    private static IEnumerable<JsonElement> PooledCases(string kind) =>
        Cases.EnumerateArray().Where(c => c.GetProperty("kind").GetString() == kind && !IsWithin(c));

    /// <summary>Groups of ten rows at each of three sites.</summary>
    private static bool IsLarge(JsonElement c) => c.GetProperty("data").GetString() != "veteran";

    private static bool IsWithin(JsonElement c) =>
        c.TryGetProperty("stratifyBySite", out var within) && within.ValueKind == JsonValueKind.True;

    private static async Task AssertAllAsync<TArgs, TResult>(
        string kind,
        CentralFunction<TArgs, TResult> central,
        Func<JsonElement, TResult, IEnumerable<string>> compare,
        string split,
        int count)
    {
        var differences = new List<string>();
        foreach (var expected in PooledCases(kind))
        {
            using var sites = Sites.Split(Sites.PathOf(expected.GetProperty("data").GetString()!), split, count);
            var result = await AskAsync(central, sites.Federation, expected);
            differences.AddRange(compare(expected, result).Select(d => $"{expected.GetProperty("formula").GetString()}: {d}"));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>By way of JSON, as any client gets it.</summary>
    private static async Task<TResult> AskAsync<TArgs, TResult>(
        CentralFunction<TArgs, TResult> central, IFederation federation, JsonElement asked)
    {
        string[] names = ["formula", "confidenceType", "confidenceLevel", "times", "rho", "ties", "stratifyBySite"];
        var arguments = names
            .Where(n => asked.TryGetProperty(n, out var value) && value.ValueKind != JsonValueKind.Null)
            .ToDictionary(n => n, n => asked.GetProperty(n));
        var json = await central.InvokeAsync(
            federation, JsonSerializer.SerializeToUtf8Bytes(arguments), TestContext.Current.CancellationToken);
        return json.Deserialize(central.Result)!;
    }
}
