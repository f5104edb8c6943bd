using Federation.Tests.Failures.Points;
using Federation.Tests.Processes;

namespace Federation.Tests.Failures.Documents;

public sealed class FailpointListTests
{
    [Fact]
    public void Failpoints_OfTheSources_AreThoseThatTestsKillAt()
    {
        AssertSame(NodeFailpoints.All, FailpointSources.Of("NodeAgent"));
        AssertSame(CoordinatorFailpoints.All, FailpointSources.Of("Coordinator"));
    }

    [Fact]
    public async Task ThePageOnFailureModes_SaysWhatTheListsDo()
    {
        var path = Path.Combine(Programs.Repository, "docs", "failure-modes.md");
        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var renewed = FailureModesPage.Renew(page);
        if (Environment.GetEnvironmentVariable("VANTAGE_PRINT_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, page = renewed, TestContext.Current.CancellationToken);
        }

        Assert.Equal(renewed, page);
    }

    private static void AssertSame(IReadOnlyList<FailpointCase> cases, ILookup<string, string> sources)
    {
        Assert.Equal(sources.Select(source => source.Key).Order(StringComparer.Ordinal), cases.Select(point => point.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(sources, source => Assert.Single(source));
    }
}
