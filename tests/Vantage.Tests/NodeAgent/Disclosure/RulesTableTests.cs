using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Disclosure;

namespace Vantage.Tests.NodeAgent.Disclosure;

/// <summary>Every rule that ACRO, DataSHIELD and their like publish, at the node, whatever the algorithm says of itself.</summary>
public sealed class RulesTableTests
{
    /// <summary>What is on either side of each threshold.</summary>
    [Theory]
    // nfilter.tab 3; ACRO's threshold 10.
    [InlineData("""{"count":2}""", "minimum-cell", "minimum-cell")]
    [InlineData("""{"count":3}""", "minimum-cell", null)]
    [InlineData("""{"count":9}""", "minimum-cell", null)]
    [InlineData("""{"count":10}""", null, null)]
    [InlineData("""{"count":null}""", null, null)]
    [InlineData("""{"counts":[12,11,2]}""", "minimum-cell", "minimum-cell")]
    [InlineData("""{"byLevel":{"sex":12,"other":1}}""", "minimum-cell", "minimum-cell")]
    // Zeros are disclosive to ACRO, and DataSHIELD lets them pass.
    [InlineData("""{"count":0}""", "minimum-cell", null)]
    // nfilter.subset 3: numbers about few rows; mean and variance among them.
    [InlineData("""{"rows":2,"mean":1.5}""", "minimum-cell", "minimum-cell")]
    [InlineData("""{"rows":9,"mean":1.5}""", "minimum-cell", null)]
    [InlineData("""{"rows":10,"mean":1.5}""", null, null)]
    [InlineData("""{"groups":[{"rows":50,"mean":1},{"rows":2,"mean":2}]}""", "minimum-cell", "minimum-cell")]
    [InlineData("""{"rows":0,"mean":0}""", null, null)]
    [InlineData("""{"rows":0,"mean":17.5}""", "schema", "schema")]
    // nfilter.glm 0.33; ACRO's residual degrees of freedom 10.
    [InlineData("""{"rows":30,"coefficients":[1,2,3,4,5,6,7,8,9,10]}""", "saturation", "saturation")]
    [InlineData("""{"rows":30,"coefficients":[1,2,3,4,5,6,7,8,9]}""", null, null)]
    [InlineData("""{"rows":13,"coefficients":[1,2,3,4]}""", "residual-df", null)]
    [InlineData("""{"rows":14,"coefficients":[1,2,3,4]}""", null, null)]
    [InlineData("""{"rows":12,"products":[12,1,2,3,4,5,6,7,8,9,10,11,12,13,14]}""", "saturation", "saturation")]
    // Two-level columns of a model: 3 of 100 rows, 12 of 100.
    [InlineData("""{"rows":100,"products":[100,2,1.5,2,0.5,9]}""", "minimum-cell", "minimum-cell")]
    [InlineData("""{"rows":100,"products":[100,98,1.5,98,0.5,9]}""", "minimum-cell", "minimum-cell")]
    [InlineData("""{"rows":100,"products":[100,30,1.5,30,0.5,9]}""", null, null)]
    // nfilter.levels.density 0.33 and nfilter.levels.max 40.
    [InlineData("""{"rows":10,"levels":["a","b","c","d"]}""", "levels-share", "levels-share")]
    [InlineData("""{"rows":100,"levels":["a","b","c","d"]}""", null, null)]
    // Survival: 10 at risk; DataSHIELD's smallest group 3.
    [InlineData("""{"atRisk":[50,30,9]}""", "at-risk", null)]
    [InlineData("""{"atRisk":[50,30,2]}""", "at-risk", "at-risk")]
    [InlineData("""{"atRisk":[50,30,null]}""", null, null)]
    // (n, k) dominance 2, 0.90 and p-ratio 0.10, which DataSHIELD does not have.
    [InlineData("""{"rows":50,"sum":100,"shape":{"total":100,"largest":50,"second":41}}""", "dominance", null)]
    [InlineData("""{"rows":50,"sum":100,"shape":{"total":100,"largest":50,"second":39}}""", null, null)]
    [InlineData("""{"rows":50,"sum":100}""", "dominance", null)]
    [InlineData("""{"rows":50,"sum":100,"shape":{"total":10,"largest":50,"second":39}}""", "dominance", null)]
    [InlineData("""{"rows":50,"sum":null}""", null, null)]
    // Evidence that the rows can't have made, or that is smaller than the sum itself.
    [InlineData("""{"rows":50,"sum":100,"shape":{"total":100,"largest":2,"second":1}}""", "dominance", null)]
    [InlineData("""{"rows":50,"sum":1000,"shape":{"total":100,"largest":10,"second":9}}""", "dominance", null)]
    // What a count leaves of its rows; a list in which some are held back, which nobody can check.
    [InlineData("""{"rows":45,"count":42}""", "minimum-cell", null)]
    [InlineData("""{"rows":45,"count":43}""", "minimum-cell", "minimum-cell")]
    [InlineData("""{"counts":[12,null,30]}""", "complementary", "complementary")]
    // Smallest and largest values.
    [InlineData("""{"range":[17,93]}""", "not-blurred", "not-blurred")]
    [InlineData("""{"range":[10,100]}""", null, null)]
    [InlineData("""{"range":[0.01303,0.0171]}""", "not-blurred", "not-blurred")]
    [InlineData("""{"range":null}""", null, null)]
    // Differencing by missing values: counts of them are rounded.
    [InlineData("""{"leftOut":1}""", "not-blurred", "not-blurred")]
    [InlineData("""{"leftOut":30}""", null, null)]
    // Row-count-sized lists.
    [InlineData("""{"rows":20,"means":[1,2,3,4,5,6,7]}""", "row-length", "row-length")]
    [InlineData("""{"rows":22,"means":[1,2,3,4,5,6,7]}""", null, null)]
    // Texts: a column's name or the asker's, a listed word, a category.
    [InlineData("""{"column":"age"}""", null, null)]
    [InlineData("""{"column":"factor(stage)"}""", null, null)]
    [InlineData("""{"column":"Mrs Jones"}""", "free-text", "free-text")]
    [InlineData("""{"holds":"numbers"}""", null, null)]
    [InlineData("""{"holds":"n0mbers"}""", "free-text", "free-text")]
    [InlineData("""{"levels":["stage I","stage II"]}""", null, null)]
    [InlineData("""{"levels":["patient says that she has not been sleeping well since the new drug"]}""", "free-text", "free-text")]
    [InlineData("""{"levels":["943-476-5919"]}""", "identifier", "identifier")]
    [InlineData("""{"byLevel":{"MRN0012345":40}}""", "identifier", "identifier")]
    // Numbers that the asker did not give, and numbers that are none.
    [InlineData("""{"told":12}""", null, null)]
    [InlineData("""{"told":13}""", "number", "number")]
    [InlineData("""{"mean":1e999}""", "number", "number")]
    [InlineData("""{"count":12.5}""", "schema", "schema")]
    [InlineData("""{"count":101}""", "schema", "schema")]
    [InlineData("""{"mean":"NaN"}""", "schema", "schema")]
    // Undeclared: nobody can say, so a person has to.
    [InlineData("""{"anything":5}""", "undeclared", "undeclared")]
    [InlineData("""{"anything":[5,6]}""", "undeclared", "undeclared")]
    [InlineData("""{"more":5}""", "schema", "schema")]
    public void TheNode_HoldsOutputsAgainst(string output, string? acro, string? datashield) => Assert.Equal(
        (acro, datashield), (Sieve.RuleAgainst(output), Sieve.RuleAgainst(output, DisclosureRules.DataShield)));

    [Fact]
    public void MoreThanFortyLevels_AreACategoryNoMore()
    {
        var levels = string.Join(',', Enumerable.Range(0, 41).Select(i => $"\"c{i}\""));

        Assert.Equal("maximum-levels", Sieve.RuleAgainst($$"""{"levels":[{{levels}}]}""", rows: 1000));
    }

    [Fact]
    public void AHistogram_HasNoMoreBinsThanAThirdOfTheRows()
    {
        string Bins(int count) => $$"""{"counts":[{{string.Join(',', Enumerable.Repeat("null", count))}}]}""";

        Assert.Null(Sieve.RuleAgainst(Bins(33)));
        Assert.Equal("row-length", Sieve.RuleAgainst(Bins(34)));
    }

    /// <summary>OpenSAFELY redacts counts up to 7 and rounds to 5, Hutch rounds to 10: a site can have either.</summary>
    [Fact]
    public void CountsLeaveRounded_WhereTheSiteSaysSo()
    {
        var rules = DisclosureRules.DataShield with { MinimumCell = 8, Rounding = 5 };

        Assert.Equal("minimum-cell", Sieve.RuleAgainst("""{"count":7}""", rules));
        Assert.Equal("""{"count":10}""", Sieve.Passed("""{"count":12}""", rules));
        Assert.Equal("""{"counts":[15,10,20]}""", Sieve.Passed("""{"counts":[13,8,22]}""", rules));
        Assert.Equal("""{"rows":42,"count":42}""", Sieve.Passed("""{"rows":42,"count":42}""", rules));
        // A table's total is a count like its cells; the rows that a mean is over are not, or it would be another mean.
        Assert.Equal("""{"total":40,"count":40}""", Sieve.Passed("""{"total":42,"count":42}""", rules));
        Assert.Equal("""{"rows":42,"mean":1.5}""", Sieve.Passed("""{"rows":42,"mean":1.5}""", rules));
        Assert.Equal("""{"count":15,"multiple":5}""", Sieve.Passed("""{"count":15,"multiple":5}""", rules));
        Assert.Equal("number", Sieve.RuleAgainst("""{"count":15,"multiple":7}""", rules));
    }

    [Fact]
    public void WhatLeaves_IsWrittenAnew_WithoutEvidence_AndNoMoreDigitsThanAllowed()
    {
        Assert.Equal(
            """{"rows":50,"sum":0.1,"mean":0.333333333333333,"short":0.333,"rest":0}""",
            Sieve.Passed("""
                { "rows" : 50, "sum":1.0000000000000000e-1,"shape":{"total":100,"largest":4,"second":3},
                  "mean":0.33333333333333331483, "short":0.33333333333333331483,"rest":1.85e-17 }
                """));
        Assert.Equal("""{"mean":0}""", Sieve.Passed("""{"mean":4.9e-324}"""));
    }

    [Fact]
    public void WhatIsHeldBack_IsCounted() => Assert.Equal(
        5,
        Assert.IsType<OutputVerdict.Passes>(Sieve.Judge(
            """{"held":[{"rule":"minimum-cell","values":3},{"rule":"dominance","values":2}]}""")).HeldBack);

    [Theory]
    [InlineData("""{"held":[{"rule":"secret: 42","values":3}]}""")]
    [InlineData("""{"held":[{"rule":"dominance","values":0}]}""")]
    public void WhatIsHeldBack_IsNoPlaceForOtherWords(string output) => Assert.NotNull(Sieve.RuleAgainst(output));

    [Fact]
    public void ALargeOutput_WaitsForSmallerQuestions() => Assert.Equal(
        "output-size", Sieve.RuleAgainst($$"""{"held":[{{string.Join(',', Enumerable.Repeat("""{"rule":"dominance","values":1}""", 33))}}]}""",
            DisclosureRules.Acro with { OutputKiB = 1 }));

    [Fact]
    public void RefusalsNamePlaces_NeverValues()
    {
        var refused = Assert.IsType<OutputVerdict.Refused>(Sieve.Judge("""{"byLevel":{"MRN0012345":40}}"""));

        Assert.DoesNotContain("0012345", refused.Why, StringComparison.Ordinal);
        Assert.Contains("byLevel", refused.Why, StringComparison.Ordinal);
    }
}
