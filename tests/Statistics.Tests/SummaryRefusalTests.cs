using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.Statistics.Summaries;

namespace Statistics.Tests;

/// <summary>What can't be summarised is said, with the site and the column.</summary>
public sealed class SummaryRefusalTests
{
    [Fact]
    public async Task AColumnThatASiteLacks_IsNamedWithTheSite()
    {
        var refusal = await FailAsync(["age"],
            new("North", new MemoryTable("patients", MemoryColumn.Of("age", 40, 50))),
            new("South", new MemoryTable("people", MemoryColumn.Of("years", 40, 50))));

        Assert.Equal("South failed (data-invalid): 'people' has no column 'age'.", Assert.Single(refusal.Reasons));
        Assert.StartsWith("1 of 2 sites gave no result: South failed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANamedColumnOfText_IsNamedWithTheSite()
    {
        var refusal = await FailAsync(
            ["sex"], new InProcessSite("North", new MemoryTable("patients", MemoryColumn.Of("sex", "f", "m"))));

        Assert.Equal(
            "North failed (data-invalid): Column 'sex' of 'patients' holds text, not numbers.", Assert.Single(refusal.Reasons));
    }

    [Fact]
    public async Task ATableWithoutRows_IsRefused()
    {
        var empty = new MemoryTable("patients", MemoryColumn.Of("age", Array.Empty<double>()));

        var refusal = await FailAsync(null, new InProcessSite("North", empty));

        Assert.Contains("'patients' has no rows", Assert.Single(refusal.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValuesTooLargeToSquare_AreRefusedByColumn()
    {
        var huge = new MemoryTable("patients", MemoryColumn.Of("a", 1, 2), MemoryColumn.Of("b", 1e300, -1e300));

        var refusal = await FailAsync(null, new InProcessSite("North", huge));

        Assert.Contains("Column 'b' of 'patients'", Assert.Single(refusal.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoTableOrTwo_AreRefused()
    {
        var table = new MemoryTable("a", MemoryColumn.Of("age", 1));

        var none = await FailAsync(null, new InProcessSite("North"));
        var two = await FailAsync(null, new InProcessSite("North", table, new MemoryTable("b", MemoryColumn.Of("age", 1))));

        Assert.Contains("names no data", none.Message, StringComparison.Ordinal);
        Assert.Contains("names 2: 'a', 'b'", two.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ColumnsThatNotAllSitesHaveAsNumbers_AreLeftOutWithTheReason()
    {
        var north = new MemoryTable(
            "t", MemoryColumn.Of("a", 1, 2), MemoryColumn.Of("b", 1, 2), MemoryColumn.Of("c", "x", "y"));
        var south = new MemoryTable(
            "t", MemoryColumn.Of("a", 3, 4), MemoryColumn.Of("b", "x", "y"), MemoryColumn.Of("d", 5, 6));

        var result = await Summary.Central.RunAsync(
            new InProcessFederation(new("North", north), new("South", south)),
            new SummaryArguments(),
            TestContext.Current.CancellationToken);

        Assert.Equal(
            new ColumnSummary("a", 4, 0, 2.5, Math.Sqrt(5.0 / 3)) { Minimum = 1, Maximum = 4, Skewness = 0, ExcessKurtosis = -1.36 },
            Assert.Single(result.Columns));
        Assert.Equal(
            [
                new("b", "holds numbers at North; holds text at South"),
                new("c", "holds text at North; is not there at South"),
                new("d", "is not there at North; holds numbers at South"),
            ],
            result.LeftOut);
        Assert.Equal(["North", "South"], result.Sites);
    }

    [Fact]
    public void APartialThatNoTableGives_IsRefusedBySite()
    {
        ColumnMoments[] impossible =
        [
            new("a", 2, 2, 1, 0, 0),
            new("a", 3, 0, null, null, 0),
            new("a", 3, 0, 1, 0, -1),
            new("a", -1, 4, 1, 0, 1),
            new("a", 0, 3, 1, 0, 1),
            new("a", 3, 0, double.NaN, 0, 1),
        ];

        foreach (var column in impossible)
        {
            var refusal = Assert.Throws<InvalidOperationException>(
                () => SummaryCombine.Combine([new("North", new SummaryPartial(3, [column], []))]));
            Assert.Contains("North", refusal.Message, StringComparison.Ordinal);
        }
    }

    private static async Task<SitesFailedException> FailAsync(IReadOnlyList<string>? columns, params InProcessSite[] sites) =>
        await Assert.ThrowsAsync<SitesFailedException>(() => Summary.Central.RunAsync(
            new InProcessFederation(sites), new SummaryArguments(columns), TestContext.Current.CancellationToken));
}
