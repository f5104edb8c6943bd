using System.Text.Json;
using Statistics.Tests.Survival;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Clusters;
using Vantage.Statistics.PrincipalComponents;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Multivariate;

/// <summary>Components and clusters over sites against those that R finds for the pooled rows.</summary>
public sealed class MultivariateReferenceTests
{
    private static readonly JsonElement Cases =
        JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/multivariate.json"));

    public static TheoryData<string, int> Splits => new()
    {
        { "dealt", 1 }, { "dealt", 3 }, { "dealt", 7 }, { "blocks", 3 }, { "blocks", 7 }, { "uneven", 3 },
    };

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task Components_AreThoseOfPrcomp(string split, int sites) => await AssertAllAsync(
        "pca", Pca.Central, ["columns", "center", "scale"], Components, split, sites);

    [Theory]
    [MemberData(nameof(Splits))]
    public async Task Clusters_AreThoseOfKmeans(string split, int sites) => await AssertAllAsync(
        "kmeans", KMeans.Central, ["columns", "centres"], Clusters, split, sites);

    internal static async Task AssertAllAsync<TArgs, TResult>(
        string kind,
        CentralFunction<TArgs, TResult> central,
        string[] names,
        Action<Comparison, JsonElement, TResult> compare,
        string split,
        int count)
    {
        var differences = new List<string>();
        foreach (var expected in Cases.EnumerateArray().Where(c => c.GetProperty("kind").GetString() == kind))
        {
            using var sites = Sites.Split(Sites.PathOf(expected.GetProperty("data").GetString()!), split, count);
            var arguments = names.ToDictionary(n => n, n => expected.GetProperty(n));
            var json = await central.InvokeAsync(
                sites.Federation, JsonSerializer.SerializeToUtf8Bytes(arguments), TestContext.Current.CancellationToken);
            var comparison = new Comparison(expected);
            compare(comparison, expected, json.Deserialize(central.Result)!);
            differences.AddRange(comparison.Differences.Select(d => $"{expected.GetProperty("data").GetString()}: {d}"));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    private static void Components(Comparison comparison, JsonElement expected, PcaResult result)
    {
        comparison.Exact("rows", result.Rows);
        comparison.All("deviations", result.Components.Select(c => (double?)c.StandardDeviation));
        comparison.All("proportion", result.Components.Select(c => c.Proportion));
        foreach (var (column, row) in result.Columns.Zip(expected.GetProperty("loadings").EnumerateArray()))
            comparison.All(column, row, result.Components.Select(c => (double?)c.Loadings[column]), _ => 1);
    }

    private static void Clusters(Comparison comparison, JsonElement expected, KMeansResult result)
    {
        Assert.True(result.Converged);
        comparison.Exact("rows", result.Rows);
        comparison.All("sizes", result.Clusters.Select(c => (double?)c.Rows));
        comparison.All("within", result.Clusters.Select(c => (double?)c.Within));
        comparison.One("inertia", result.Inertia);
        foreach (var (cluster, row) in result.Clusters.Zip(expected.GetProperty("found").EnumerateArray()))
            comparison.All("centre", row, cluster.Centre.Select(x => (double?)x));
    }
}
