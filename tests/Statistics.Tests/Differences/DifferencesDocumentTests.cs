using System.Globalization;
using Vantage.Algorithms.Functions;
using Vantage.Statistics;
using Vantage.Tests.Architecture;

namespace Statistics.Tests.Differences;

/// <summary>The table of differences holds every analysis, and every data set that it is asked over.</summary>
public sealed class DifferencesDocumentTests
{
    private const string Page = "docs/statistics/differences.md";

    [Fact]
    public async Task ThePage_HasARowForEachAnalysisAndDataSet()
    {
        if (Environment.GetEnvironmentVariable("VANTAGE_PRINT_DOCS") == "1")
        {
            var printed = await DifferencesDocument.PrintAsync(TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Checkout.PathOf(Page), printed, TestContext.Current.CancellationToken);
        }

        var lines = Checkout.Read(Page).Split('\n');

        foreach (var row in DifferencesDocument.Rows(ReferenceCases.All))
        {
            var begin = DifferencesDocument.Begin(row.Key);
            Assert.True(
                lines.Any(l => l.StartsWith(begin, StringComparison.Ordinal)),
                $"{Page} has no row '{begin} …': print it anew with VANTAGE_PRINT_DOCS=1.");
        }

        foreach (var algorithm in StandardLibrary.Algorithms.Algorithms.Where(a => a.Functions.Any(f => f is CentralFunction)))
        {
            // A number for one site, and for three and seven in each of four ways.
            Assert.True(
                lines.Any(l => l.StartsWith($"| `{algorithm.Name}` |", StringComparison.Ordinal)
                    && l.Split('|')[4..^1].Count(IsNumber) == Spread.All.Count),
                $"{Page} does not say how far '{algorithm.Name}' is from a pooled answer however rows are spread.");
        }

        Assert.DoesNotContain(lines, l => l.Contains('∞', StringComparison.Ordinal) || l.Contains("Infinity", StringComparison.Ordinal));
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, CultureInfo.InvariantCulture, out _);
}
