using System.Text.Json;
using Statistics.Tests.Differences;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Meta;
using Vantage.Tests.Architecture;

namespace Statistics.Tests;

/// <summary>Two-stage meta-analysis against metafor over each site's own model.</summary>
public sealed class MetaTests
{
    private static readonly JsonElement Cases = JsonElement.Parse(Checkout.Read("tests/Statistics.Tests/Reference/meta.json"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SitesPutTogether_AreThoseOfMetafor()
    {
        var wrong = new List<string>();
        foreach (var expected in Cases.EnumerateArray())
        {
            using var sites = Sites.Dealt(Sites.PathOf(expected.GetProperty("data").GetString()!), expected.GetProperty("sites").GetInt32());
            var arguments = expected.GetProperty("arguments");

            var json = await MetaModel.Central.InvokeAsync(sites.Federation, JsonSerializer.SerializeToUtf8Bytes(arguments), Token);

            var difference = Difference.Of(
                new("meta", "", arguments, expected.GetProperty("expected"), expected.GetProperty("scales")), json);
            if (!(difference.Worst <= 1e-9))
                wrong.Add($"{arguments.GetRawText()} {difference.Worst:E1} {difference.Where}");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public async Task ASiteWithoutTheReferenceLevel_TellsNoContrastsWithAnother()
    {
        var rows = Enumerable.Range(0, 30).ToArray();
        var table = new MemoryTable(
            "t",
            MemoryColumn.Of("y", [.. rows.Select(i => (i * 17 % 11) + (i / 10.0))]),
            MemoryColumn.Of("x", [.. rows.Select(i => (double)(i * 7 % 13))]),
            MemoryColumn.Of("g", [.. rows.Select(i => "abc"[i % 3].ToString())]));
        var federation = new InProcessFederation(
            new("North", table), new InProcessSite("South", table.Where(i => i % 3 != 0)), new InProcessSite("West", table.Where(i => i % 3 != 2)));

        var result = await MetaModel.Central.RunAsync(federation, new("y ~ x + g"), Token);

        Assert.Equal((3, 2, 1), (result.Terms["x"]!.Sites, result.Terms["gb"]!.Sites, result.Terms["gc"]!.Sites));
        Assert.Equal(2, result.Terms["(Intercept)"]!.Sites);
        Assert.Contains(result.Notes, n => n.StartsWith("South is without (Intercept), gb, gc", StringComparison.Ordinal));
        Assert.Null(result.Terms["gc"]!.Reml.PredictionInterval);
    }

    [Fact]
    public async Task ASiteWhoseRowsTellNothing_LeavesTheOthers()
    {
        var table = new MemoryTable(
            "t", MemoryColumn.Of("y", 0, 1, 1, 0, 1, 0, 1, 1), MemoryColumn.Of("x", 1, 2, 3, 4, 5, 6, 7, 1));
        var federation = new InProcessFederation(
            new("North", table), new InProcessSite("South", table.Where(i => i is 0 or 1)), new InProcessSite("West", table.Where(i => i is 1 or 2)));

        var result = await MetaModel.Central.RunAsync(federation, new("y ~ x", "binomial"), Token);

        Assert.Equal(1, result.Terms["x"]!.Sites);
        Assert.Contains("South is without a model: its own rows do not tell it.", result.Notes);
        Assert.Contains("West is without a model: its own rows do not tell it.", result.Notes);
    }
}
