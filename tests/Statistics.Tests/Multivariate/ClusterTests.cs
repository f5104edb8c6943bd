using Vantage.Algorithms.Functions;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Clusters;
using Vantage.Statistics.PrincipalComponents;

namespace Statistics.Tests.Multivariate;

/// <summary>Drawn starts, and what comes back under disclosure rules.</summary>
public sealed class ClusterTests
{
    private static readonly string[] Petals = ["Petal.Length", "Petal.Width"];

    [Theory]
    [InlineData("dealt", 1)]
    [InlineData("blocks", 3)]
    [InlineData("uneven", 7)]
    public async Task DrawnStarts_FindWhatGivenOnesFind_HoweverRowsAreSpread(string split, int count)
    {
        using var sites = Sites.Split(Sites.PathOf("iris"), split, count);
        string[] columns = ["Sepal.Length", "Sepal.Width", .. Petals];

        var result = await KMeans.Central.RunAsync(
            sites.Federation, new(columns, Clusters: 3), TestContext.Current.CancellationToken);

        // R from rows 1, 51 and 101.
        Assert.Equal(78.85144142614601, result.Inertia, 1e-9);
        Assert.Equal([62, 50, 38], result.Clusters.Select(c => c.Rows));
    }

    [Fact]
    public async Task UnderRules_CentresHaveFourDigits_AndSmallClustersStayAtTheirSite()
    {
        using var sites = Sites.Dealt(Sites.PathOf("iris"), 3);
        KMeansArguments asked = new(Petals, Centres: [[1.5, 0.2], [4, 1], [6, 2]]);
        var exact = await KMeans.Central.RunAsync(sites.Federation, asked, TestContext.Current.CancellationToken);

        var told = await KMeans.Central.RunAsync(
            sites.Federation.Under(DisclosureRules.Acro), asked, TestContext.Current.CancellationToken);

        foreach (var (a, b) in exact.Clusters.SelectMany(c => c.Centre).Zip(told.Clusters.SelectMany(c => c.Centre)))
            Assert.Equal(a, b, 1e-3 * Math.Abs(a));
    }

    [Fact]
    public async Task Components_AreTheSameUnderRules_AndASmallSiteIsNamed()
    {
        using var sites = Sites.Uneven(Sites.PathOf("iris"), 3);
        var exact = await Pca.Central.RunAsync(sites.Federation, new(Petals), TestContext.Current.CancellationToken);

        var told = await Pca.Central.RunAsync(
            sites.Federation.Under(DisclosureRules.Acro), new(Petals), TestContext.Current.CancellationToken);

        Assert.Empty(told.Notes);
        Assert.Equal(exact.Components.Select(c => c.Variance), told.Components.Select(c => c.Variance));
    }

    [Fact]
    public async Task AClusterWithoutRows_IsTold_WithWhatToDo()
    {
        using var sites = Sites.Dealt(Sites.PathOf("iris"), 2);

        var refusal = await Assert.ThrowsAsync<DataInvalidException>(() => KMeans.Central.RunAsync(
            sites.Federation, new(Petals, Centres: [[1.5, 0.2], [4, 1], [600, 200]]), TestContext.Current.CancellationToken));

        Assert.Contains("ask for fewer clusters", refusal.Message, StringComparison.Ordinal);
    }
}
