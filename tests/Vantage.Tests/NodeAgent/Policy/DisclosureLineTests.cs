using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Policy.Reading;
using Vantage.Protocol.Disclosure;

namespace Vantage.Tests.NodeAgent.Policy;

/// <summary>A rule without a word on disclosure control has the strictest; a partner's node has none without any.</summary>
public sealed class DisclosureLineTests
{
    private static readonly Uri Partner = new("https://vantage.example.org/");
    private static readonly Uri Here = new("http://127.0.0.1:8700/");

    [Fact]
    public void WithoutALine_ItIsAcro() => Assert.Equal((DisclosureRules.Acro, 10), Read("", Partner) is var rule ? (rule.Disclosure, rule.MinimumRows) : default);

    [Fact]
    public void Datashield_AsksForThreeRows() =>
        Assert.Equal((DisclosureRules.DataShield, 3), Read("disclosure: datashield", Partner) is var rule ? (rule.Disclosure, rule.MinimumRows) : default);

    [Fact]
    public void MinimumRows_StandOnTheirOwn() =>
        Assert.Equal(25, Read("disclosure: datashield\n    minimumRows: 25", Partner).MinimumRows);

    [Fact]
    public void LinesOfOnesOwn_BeginWithAPreset()
    {
        var rules = Read("disclosure: { from: datashield, minimumCell: 5, zeroCells: false, dominanceShare: 0.8, rounding: 5 }", Partner).Disclosure;

        Assert.Equal(
            DisclosureRules.DataShield with
            {
                Preset = DisclosurePreset.Custom, MinimumCell = 5, ZeroCellsPass = false, DominanceShare = 0.8, Rounding = 5,
            },
            rules);
    }

    [Theory]
    [InlineData("", 10)]
    [InlineData("disclosure: acro", 10)]
    [InlineData("disclosure: datashield", 0)]
    [InlineData("disclosure: { minimumCell: 5 }", 5)]
    [InlineData("disclosure: { minimumCell: 5000 }", 100)]
    [InlineData("disclosure: { from: datashield, minimumCell: 5 }", 0)]
    [InlineData("disclosure: { from: datashield, differencing: 20 }", 20)]
    public void AnswersAreCompared_AsThePresetSays_OrALineOfOnesOwn(string line, int rows)
    {
        var rule = Read(line, Partner);

        Assert.Equal(MemoryRules.None with { Differencing = rows, Cells = rule.Disclosure }, rule.Memory);
    }

    [Fact]
    public void CapsAndCompleteCases_AreThereWhereTheyAreWritten()
    {
        var rule = Read("disclosure: { completeCases: true, onDifference: ask, answersPerDay: 200, bytesPerDay: 1000000 }", Partner);

        Assert.Equal(
            new MemoryRules
            {
                Differencing = 10, CompleteCases = true, OnDifference = OnDifference.Ask, AnswersPerDay = 200, BytesPerDay = 1_000_000, Cells = rule.Disclosure,
            },
            rule.Memory);
    }

    [Fact]
    public void Off_IsForANodeWhoseCoordinatorIsOnThisMachine()
    {
        Assert.True(Read("disclosure: off", Here) is { Disclosure.IsOff: true, Memory.IsNone: true });

        var refused = Assert.Throws<SettingsException>(() => Read("disclosure: off", Partner));

        Assert.Contains("This node serves others", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disclosure: none", "'disclosure' is acro, datashield")]
    [InlineData("disclosure: { from: off }", "is acro or datashield")]
    [InlineData("disclosure: { minimumCell: 0 }", "whole number from 1")]
    [InlineData("disclosure: { pRatio: 2 }", "a share from 0 to 1")]
    [InlineData("disclosure: { differencing: 101 }", "from 0 to 100")]
    [InlineData("disclosure: { onDifference: allow }", "refuse or ask")]
    [InlineData("disclosure: { minimumcell: 5 }", "minimumCell")]
    public void WhatIsNotUnderstood_MakesThePolicyInvalid(string line, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<SettingsException>(() => Read(line, Here)).Message, StringComparison.Ordinal);

    private static AcceptRule Read(string line, Uri coordinator) =>
        Assert.Single(PolicyReader.Read("policy.yaml", $"{PolicyReaderTests.Minimal}\n    {line}\n", coordinator).Accept);
}
