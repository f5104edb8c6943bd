using LevelCounting;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Protocol.Disclosure;
using Vantage.Tests.Architecture;

namespace Vantage.Tests.Algorithms;

/// <summary>The sample of the authors' guide: what the page shows is what is compiled, and it counts right.</summary>
public sealed class LevelCountTests
{
    [Fact]
    public async Task LevelsOfAllSites_AreThoseOfOneTable_HoweverTheRowsAreSpread()
    {
        var federation = new InProcessFederation(
            new InProcessSite("North", new MemoryTable("patients", MemoryColumn.Of("sex", "f", "m", null))),
            new InProcessSite("South", new MemoryTable("patients", MemoryColumn.Of("sex", "f", "x"))));
        var pooled = new InProcessFederation(
            new InProcessSite("All", new MemoryTable("patients", MemoryColumn.Of("sex", "x", "f", null, "m", "f"))));

        var result = await LevelCount.Central.RunAsync(federation, new("sex"), TestContext.Current.CancellationToken);
        var whole = await LevelCount.Central.RunAsync(pooled, new("sex"), TestContext.Current.CancellationToken);

        Assert.Equal([("f", 2), ("m", 1), ("x", 1)], result.Counts.Select(c => (c.Key, (int)c.Value)));
        Assert.Equal(1, result.Missing);
        Assert.Equal(whole.Counts, result.Counts);
    }

    [Fact]
    public async Task UnderRules_SmallLevelsAreJoined()
    {
        string?[] sexes = [.. Enumerable.Repeat("f", 30), .. Enumerable.Repeat("m", 20), "x", "x", null];
        var federation = new InProcessFederation(new InProcessSite("North", new MemoryTable("patients", MemoryColumn.Of("sex", sexes))));

        var result = await LevelCount.Central.RunAsync(federation.Under(DisclosureRules.Acro), new("sex"), TestContext.Current.CancellationToken);

        Assert.Equal([("(others)", 22), ("f", 30)], result.Counts.Select(c => (c.Key, (int)c.Value)));
        Assert.Equal(0, result.Missing);
    }

    [Fact]
    public async Task ColumnThatASiteDoesNotHave_IsNamedWithTheSite()
    {
        var federation = new InProcessFederation(
            new InProcessSite("North", new MemoryTable("patients", MemoryColumn.Of("sex", "f"))),
            new InProcessSite("South", new MemoryTable("patients", MemoryColumn.Of("gender", "f"))));

        var failed = await Assert.ThrowsAsync<SitesFailedException>(() =>
            LevelCount.Central.RunAsync(federation, new("sex"), TestContext.Current.CancellationToken));

        Assert.Contains("South", Assert.Single(failed.Reasons), StringComparison.Ordinal);
        Assert.Contains("'sex'", failed.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheAuthorsGuide_ShowsTheCodeThatIsCompiled()
    {
        var page = await File.ReadAllTextAsync(Checkout.PathOf("docs/algorithm-author.md"), TestContext.Current.CancellationToken);
        foreach (var file in new[] { "LevelCountJson.cs", "LevelCount.cs", "Program.cs" })
        {
            var source = await File.ReadAllTextAsync(Checkout.PathOf($"Samples/LevelCount/{file}"), TestContext.Current.CancellationToken);
            var body = source[(source.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].Replace("namespace LevelCounting;\n\n", "", StringComparison.Ordinal);
            Assert.Contains($"```csharp\n{body.TrimEnd()}\n```", page, StringComparison.Ordinal);
        }
    }
}
