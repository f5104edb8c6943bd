using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Reviews;

namespace Vantage.Tests.Protocol.Reviews;

/// <summary>A reviewer sees at once what a new version asks for that the old one did not.</summary>
public sealed class AlgorithmComparisonTests
{
    private const string Before = """
        {"v":1,"name":"glm","version":"1.0","description":"Models.","functions":[
          {"name":"partial","kind":"partial","description":"Sums.","arguments":{"type":"object"},"data":[{"name":"table","description":"","columnArguments":["columns"]}]},
          {"name":"old","kind":"partial","description":"","arguments":{},"data":[]}]}
        """;

    [Fact]
    public void TheSame_DiffersInNothing() => Assert.Empty(AlgorithmComparison.Of(AlgorithmLabel.Read(Before), AlgorithmLabel.Read(Before)));

    [Fact]
    public void WhatAsksForMore_IsMarked()
    {
        var after = AlgorithmLabel.Read("""
            {"v":1,"name":"glm","version":"1.1","description":"Models.","warm":true,"functions":[
              {"name":"partial","kind":"partial","description":"Sums.","arguments":{"type":"object","required":["x"]},
               "data":[{"name":"table","description":""}],"egress":["terminology"]},
              {"name":"central","kind":"central","description":"","arguments":{},"data":[]}]}
            """);

        var changes = AlgorithmComparison.Of(AlgorithmLabel.Read(Before), after);

        Assert.Equal(
            [("central", true), ("old", false), ("partial.arguments", true), ("partial.data", false), ("partial.data", true), ("partial.egress", true),
                ("version", false), ("warm", true)],
            changes.Select(change => (change.Where, change.Weighs)).Order());
        Assert.Equal("table (all columns that the site allows)", changes.Single(c => c is { Where: "partial.data", After: not null }).After);
    }

    [Fact]
    public void HowItIsWritten_IsNoChange() => Assert.Empty(AlgorithmComparison.Of(
        AlgorithmLabel.Read(Before), AlgorithmLabel.Read(Before.Replace("""{"type":"object"}""", """{ "type" : "object" }""", StringComparison.Ordinal))));
}
