using System.Text.Json;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Testing;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Summaries;

namespace Statistics.Tests.Disclosure;

/// <summary>Disclosure control leaves answers of use: the same where there is enough of everything, parts of them where there is not.</summary>
public sealed class AnswersUnderRulesTests
{
    public static TheoryData<DisclosurePreset> Presets => [DisclosurePreset.Acro, DisclosurePreset.Datashield];

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task ASummary_OfEnoughRows_IsThatOfNoRules(DisclosurePreset preset)
    {
        using var sites = Sites.Dealt(Sites.PathOf("iris"), 3);
        var free = await AskAsync(sites.Federation, Summary.Central, new SummaryArguments());

        var ruled = await AskAsync(sites.Federation.Under(Rules(preset)), Summary.Central, new SummaryArguments());

        // Of all numbers only the range is that of single rows.
        Assert.Equal(
            free.Columns.Select(c => c with { Minimum = null, Maximum = null }),
            ruled.Columns.Select(c => c with { Minimum = null, Maximum = null, IsRangeBlurred = false }));
        Assert.All(free.Columns.Zip(ruled.Columns), c => Assert.True(c.Second.Minimum < c.First.Minimum && c.Second.Maximum > c.First.Maximum));
        Assert.Equal(150, ruled.Rows);
        Assert.Empty(ruled.Notes);
    }

    [Fact]
    public async Task ASummary_DoesNotTellOfFewMissingValues()
    {
        using var sites = Sites.Dealt(Sites.PathOf("lung"), 1);

        var ruled = await AskAsync(sites.Federation.Under(DisclosureRules.Acro), Summary.Central, new SummaryArguments(["ph.ecog"]));

        // 227 of 228 rows have one.
        Assert.Equal((220, 227, 0), (ruled.Rows, ruled.Columns[0].Count, ruled.Columns[0].Missing));
        Assert.Equal("Numbers of rows and of missing values are rounded at site 0.", Assert.Single(ruled.Notes));
    }

    [Fact]
    public async Task ASummary_LeavesOutTheSiteThatIsTooSmall_AndSaysSo()
    {
        using var sites = Sites.Uneven(Sites.PathOf("mtcars"), 3);

        var ruled = await AskAsync(sites.Federation.Under(DisclosureRules.Acro), Summary.Central, new SummaryArguments(["mpg"]));

        Assert.True(ruled.Columns[0].Count is > 9 and < 32);
        Assert.Contains(ruled.Notes, note => note.EndsWith("held back 7 numbers of 'mpg': too few rows.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task ALinearModel_OfEnoughRows_IsThatOfNoRules(DisclosurePreset preset)
    {
        using var sites = Sites.Dealt(Sites.PathOf("iris"), 3);
        var arguments = new LinearArguments("Sepal.Length ~ Petal.Length + Species");
        var free = await AskAsync(sites.Federation, LinearModel.Central, arguments);

        var ruled = await AskAsync(sites.Federation.Under(Rules(preset)), LinearModel.Central, arguments);

        Assert.Equal(free.Coefficients, ruled.Coefficients);
        Assert.Equal(free.StandardErrors, ruled.StandardErrors);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task ALogisticModel_OfEnoughRows_IsThatOfNoRules(DisclosurePreset preset)
    {
        using var sites = Sites.Dealt(Sites.PathOf("wdbc"), 3);
        var arguments = new LogisticArguments("malignant ~ mean_radius + mean_texture");
        var free = await AskAsync(sites.Federation, LogisticModel.Central, arguments);

        var ruled = await AskAsync(sites.Federation.Under(Rules(preset)), LogisticModel.Central, arguments);

        Assert.Equal(free.Coefficients, ruled.Coefficients);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public async Task ATable_OfEnoughRowsInEachCell_IsThatOfNoRules(DisclosurePreset preset)
    {
        using var sites = Sites.Dealt(Sites.PathOf("iris"), 3);
        var free = await AskAsync(sites.Federation, Crosstab.Central, new CrosstabArguments("Species"));

        var ruled = await AskAsync(sites.Federation.Under(Rules(preset)), Crosstab.Central, new CrosstabArguments("Species"));

        Assert.Equal(free.Table.Counts, ruled.Table.Counts);
        Assert.Empty(ruled.Notes);
    }

    [Fact]
    public async Task ATable_WithSmallCells_ShowsTheOthers()
    {
        using var sites = Sites.Dealt(Sites.PathOf("lung"), 1);

        var ruled = await AskAsync(sites.Federation.Under(DisclosureRules.DataShield), Crosstab.Central, new CrosstabArguments("ph.ecog", "sex"));

        // R: table(lung$ph.ecog, lung$sex) is 36 27, 71 42, 29 21, 1 0.
        Assert.Contains(ruled.Table.Counts.SelectMany(r => r), c => c is null);
        Assert.Contains(ruled.Table.Counts.SelectMany(r => r), c => c > 0);
        Assert.Null(ruled.Table.Counts[3][0]);
        Assert.Null(ruled.Table.ChiSquared);
        Assert.Contains(ruled.Notes, note => note.Contains("too few rows", StringComparison.Ordinal));
    }

    private static DisclosureRules Rules(DisclosurePreset preset) =>
        preset == DisclosurePreset.Acro ? DisclosureRules.Acro : DisclosureRules.DataShield;

    private static async Task<TResult> AskAsync<TArgs, TResult>(InProcessFederation sites, CentralFunction<TArgs, TResult> central, TArgs arguments)
    {
        var json = await central.InvokeAsync(
            sites, JsonSerializer.SerializeToUtf8Bytes(arguments, central.Arguments), TestContext.Current.CancellationToken);
        return json.Deserialize(central.Result)!;
    }
}
