using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Statistics.Tests.Disclosure;

/// <summary>The rules' arithmetic, with the numbers that ACRO and DataSHIELD publish.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData(9, false, true, true)]
    [InlineData(10, true, true, true)]
    [InlineData(2, false, false, true)]
    [InlineData(3, false, true, true)]
    [InlineData(0, false, true, true)]
    public void ACell_NeedsItsRows(long count, bool acro, bool datashield, bool off) => Assert.Equal(
        (acro, datashield, off),
        (DisclosureRules.Acro.MayShow(count), DisclosureRules.DataShield.MayShow(count), DisclosureRules.Off.MayShow(count)));

    [Theory]
    [InlineData(30, 9, null, null)]
    [InlineData(30, 10, "saturation", "saturation")]
    [InlineData(14, 4, null, null)]
    [InlineData(13, 4, "residual-df", null)]
    [InlineData(9, 1, "minimum-cell", null)]
    public void AModel_NeedsRowsForItsParameters(long rows, int parameters, string? acro, string? datashield) => Assert.Equal(
        (acro, datashield),
        (DisclosureRules.Acro.AgainstModel(rows, parameters), DisclosureRules.DataShield.AgainstModel(rows, parameters)));

    [Theory]
    [InlineData(100, 50, 40, null)]
    [InlineData(100, 50, 41, "dominance")]
    [InlineData(100, 46, 46, "dominance")]
    [InlineData(1000, 500, 451, "p-ratio")]
    [InlineData(0, 0, 0, null)]
    public void ASum_IsNotTheWorkOfTwo(double total, double largest, double second, string? acro)
    {
        var rules = acro == "p-ratio" ? DisclosureRules.Acro with { DominanceShare = 1 } : DisclosureRules.Acro;

        Assert.Equal(acro, rules.AgainstSum(new(total, largest, second)));
        Assert.Null(DisclosureRules.DataShield.AgainstSum(new(total, largest, second)));
    }

    [Theory]
    [InlineData(40, 1000, null)]
    [InlineData(41, 1000, "maximum-levels")]
    [InlineData(10, 30, "levels-share")]
    [InlineData(9, 30, null)]
    public void ACategory_NeedsRowsForItsLevels(int levels, long rows, string? rule) =>
        Assert.Equal(rule, DisclosureRules.DataShield.AgainstLevels(rows, levels));

    [Fact]
    public void ABlurredCount_ShowsNoSingleRow() => Assert.Equal(
        [0, 10, 10, 10, 20], new long[] { 4, 5, 10, 14, 15 }.Select(DisclosureRules.Acro.Blur));

    [Theory]
    [InlineData(30, 97, 20, 100)]
    [InlineData(0.001, 0.009, 0, 0.01)]
    [InlineData(1950, 2005, 1940, 2010)]
    [InlineData(-7, 11, -8, 12)]
    public void Bounds_MoveOutwardToRoundNumbers(double lowest, double highest, double from, double to)
    {
        var bounds = BlurredBounds.Of(DisclosureRules.Acro, 50, lowest, highest)!;

        Assert.True(bounds[0] < lowest && highest < bounds[1]);
        Assert.Equal([from, to], bounds);
    }

    [Fact]
    public void Bounds_OfFewOrEqualValues_AreHeldBack()
    {
        Assert.Null(BlurredBounds.Of(DisclosureRules.Acro, 9, 1, 2));
        Assert.Null(BlurredBounds.Of(DisclosureRules.Acro, 50, 7, 7));
        Assert.Equal([1, 2], BlurredBounds.Of(DisclosureRules.Off, 1, 1, 2)!);
    }

    [Fact]
    public void TwoValues_AreACategory()
    {
        var column = new TwoValues();
        for (var i = 0; i < 30; i++)
            column.Add(i < 4 ? 2 : 1);

        Assert.True(column.IsAgainst(DisclosureRules.Acro));
        Assert.False(column.IsAgainst(DisclosureRules.DataShield));
        column.Add(3);
        Assert.False(column.IsAgainst(DisclosureRules.Acro));
    }

    [Fact]
    public void Contributions_FindTheLargestTwo()
    {
        var sum = new Contributions();
        sum.Add([3, -50, double.NaN, 4, 40, 3]);

        Assert.Equal(new(100, 50, 40), sum.Evidence(DisclosureRules.Acro));
        Assert.Null(sum.Evidence(DisclosureRules.Off));
        Assert.Null(sum.Against(DisclosureRules.Acro));
    }
}
