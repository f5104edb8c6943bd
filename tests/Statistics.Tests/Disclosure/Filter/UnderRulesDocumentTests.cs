using Statistics.Tests.Differences;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>The page of what comes back under rules holds every analysis, and none of them is silent where there are rows enough.</summary>
public sealed class UnderRulesDocumentTests
{
    private const string Page = "docs/statistics/under-rules.md";

    [Fact]
    public async Task ThePage_HasARowForEachAnalysisAndDataSet()
    {
        if (Environment.GetEnvironmentVariable("VANTAGE_PRINT_DOCS") == "1")
        {
            var printed = await UnderRulesDocument.PrintAsync(TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Checkout.PathOf(Page), printed, TestContext.Current.CancellationToken);
        }

        var lines = Checkout.Read(Page).Split('\n');

        Assert.All(DifferencesDocument.Rows(ReferenceCases.All), row => Assert.Contains(
            lines, line => line.StartsWith(DifferencesDocument.Begin(row.Key), StringComparison.Ordinal)));
    }
}
