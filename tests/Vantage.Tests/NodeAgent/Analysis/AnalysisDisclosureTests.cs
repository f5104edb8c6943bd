using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>Whatever a real worker gives, what leaves a node with disclosure control has passed it.</summary>
public sealed class AnalysisDisclosureTests : IAsyncDisposable
{
    private readonly AnalysisBench bench = new();

    [Fact]
    public async Task ASummary_LeavesWithoutEvidence_ByTheRulesOfThePolicy()
    {
        bench.WritePolicy("disclosure: acro");

        var end = Assert.IsType<RunEnd.Succeeded>(await bench.RunAsync("summary", "partial", """{"columns":["age"]}"""));

        var result = JsonElement.Parse(await File.ReadAllTextAsync(end.OutputPath, TestContext.Current.CancellationToken));
        Assert.Equal(25, result.GetProperty("rows").GetInt32());
        Assert.Equal(13, result.GetProperty("columns")[0].GetProperty("mean").GetDouble());
        Assert.False(result.GetProperty("columns")[0].TryGetProperty("evidence", out _));
        Assert.Equal(new FileInfo(end.OutputPath).Length, end.Size);
        Assert.StartsWith("acro: cells 10", end.Facts.Enforced["disclosure"], StringComparison.Ordinal);
        Assert.Equal(30, Assert.Single(end.Facts.Datasets).Rows);
        Assert.Null(end.Asks);
    }

    [Fact]
    public async Task WhatTheSiteHeldBack_IsCountedForTheReceipt()
    {
        bench.WriteRows(12);
        bench.WritePolicy("disclosure: { from: acro, minimumCell: 13 }\n    minimumRows: 12");

        var end = await bench.RunAsync("summary", "partial", """{"columns":["age"]}""");

        Assert.Equal(7, Assert.IsType<RunEnd.Succeeded>(end).Facts.HeldBack);
    }

    [Fact]
    public async Task AnOutputThatNobodyDeclared_WaitsForAPerson()
    {
        bench.WritePolicy("disclosure: datashield");

        var end = await bench.RunAsync("testing", "echo-log", """{"lines":["a"]}""");

        Assert.True(end is RunEnd.Succeeded { Asks: not null }, (end as RunEnd.Refused)?.Message);
    }

    [Fact]
    public async Task WithoutDisclosureControl_AnOutputLeavesAsItIs()
    {
        bench.WritePolicy("disclosure: off");

        var end = Assert.IsType<RunEnd.Succeeded>(await bench.RunAsync("summary", "partial", """{"columns":["age"]}"""));

        Assert.Equal("off", end.Facts.Enforced["disclosure"]);
        Assert.Equal(25, JsonElement.Parse(await File.ReadAllTextAsync(end.OutputPath, TestContext.Current.CancellationToken)).GetProperty("rows").GetInt32());
        Assert.Equal(RunCodes.PolicyRefused, Assert.IsType<RunEnd.Refused>(await FewRowsAsync()).Code);
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private Task<RunEnd> FewRowsAsync()
    {
        bench.WriteRows(9);
        return bench.RunAsync("summary", "partial", """{"columns":["age"]}""");
    }
}
