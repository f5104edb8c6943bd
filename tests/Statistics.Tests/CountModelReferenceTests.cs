using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Gamma;
using Vantage.Statistics.NegativeBinomial;
using Vantage.Statistics.Poisson;
using Vantage.Statistics.Regressions;
using Vantage.Tests.Architecture;

namespace Statistics.Tests;

/// <summary>Federated models of counts and of positive numbers against those that R fits to the pooled rows.</summary>
public sealed class CountModelReferenceTests
{
    private static readonly JsonElement Cases =
        JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/counts.json"));

    public static TheoryData<string, int> Splits => new() { { "dealt", 1 }, { "blocks", 3 }, { "uneven", 7 } };

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task PoissonModels_AreThoseOfR(string split, int sites) => await AssertAllAsync("poisson", split, sites);

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task GammaModels_AreThoseOfR(string split, int sites) => await AssertAllAsync("gamma", split, sites);

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task NegativeBinomialModels_AreThoseOfMass(string split, int sites) => await AssertAllAsync("negbin", split, sites);

    private static async Task AssertAllAsync(string algorithm, string split, int count)
    {
        var differences = new List<string>();
        foreach (var expected in Cases.EnumerateArray().Where(c => c.GetProperty("algorithm").GetString() == algorithm))
        {
            // So few rows leave sites without any, which is an error of theirs.
            if (expected.GetProperty("rows").GetInt32() < 4 * count)
                continue;
            using var sites = Sites.Split(Sites.PathOf(expected.GetProperty("data").GetString()!), split, count);
            var result = await FitAsync(sites.Federation, expected);
            differences.AddRange(new ModelComparison(expected, result).Differences()
                .Select(d => $"{expected.GetProperty("formula").GetString()} ({expected.GetProperty("link")}): {d}"));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    /// <summary>By way of JSON, as any client gets it.</summary>
    private static async Task<RegressionResult> FitAsync(IFederation federation, JsonElement asked)
    {
        var arguments = new Dictionary<string, JsonElement>();
        foreach (var name in (string[])["formula", "weights", "reference", "confidenceLevel", "link"])
        {
            if (name != "link" || asked.GetProperty(name).ValueKind != JsonValueKind.Null)
                arguments[name] = asked.GetProperty(name);
        }

        return asked.GetProperty("algorithm").GetString() switch
        {
            "negbin" => await ByJsonAsync(NegativeBinomialModel.Central),
            "poisson" => await ByJsonAsync(PoissonModel.Central),
            _ => await ByJsonAsync(GammaModel.Central),
        };

        async Task<RegressionResult> ByJsonAsync<TArgs, TResult>(CentralFunction<TArgs, TResult> central)
            where TResult : RegressionResult
        {
            var json = await central.InvokeAsync(
                federation, JsonSerializer.SerializeToUtf8Bytes(arguments), TestContext.Current.CancellationToken);
            return json.Deserialize(central.Result)!;
        }
    }
}
