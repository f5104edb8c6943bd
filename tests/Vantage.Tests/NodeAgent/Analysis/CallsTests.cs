using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Calls;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>Several calls as one run, with the real policy, source and worker.</summary>
public sealed class CallsTests : IAsyncDisposable
{
    private readonly AnalysisBench bench = new() { Resources = new() { TimeSeconds = 600 } };

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task CallsOfOneRun_ShareAProgramAndASnapshot_AndEachHasItsAnswer()
    {
        Allow();

        var (answers, end) = await AskAsync(("moments", """{"column":"age"}"""), ("levels", """{"column":"name"}"""), ("calls", "{}"), ("calls", "{}"));

        Assert.All(answers, answer => Assert.Equal(CallEnd.Succeeded, answer.End));
        Assert.Equal(325, answers[0].Result!.Value.GetProperty("sum").GetDouble());
        Assert.Equal(25, answers[1].Result!.Value.GetProperty("counts").EnumerateObject().Count());
        Assert.Equal([1, 2], answers.Skip(2).Select(answer => answer.Result!.Value.GetProperty("number").GetInt64()));
        Assert.Equal("4: 4 answered", end.Facts.Enforced["calls"]);
        Assert.Equal("tests", end.Facts.Decision!.Rule);
        Assert.Single(end.Facts.Datasets);
    }

    [Fact]
    public async Task ACallThatIsRefusedOrFails_TakesNoOtherWithIt()
    {
        bench.WritePolicy("arguments: { moments: { column: { values: [age] } }, not-a-number: any, nothere: any }", algorithm: "builtin:conformance@*");
        var allowed = ("moments", """{"column":"age"}""");

        var (answers, end) = await AskAsync(allowed, ("moments", """{"column":"name"}"""), ("not-a-number", "{}"), ("nothere", "{}"), allowed);

        Assert.Equal([CallEnd.Succeeded, CallEnd.Refused, CallEnd.Failed, CallEnd.Failed, CallEnd.Succeeded], answers.Select(answer => answer.End));
        Assert.Equal(RunCodes.PolicyRefused, answers[1].Code);
        Assert.Equal(RunCodes.AlgorithmFailed, answers[2].Code);
        Assert.Equal(RunCodes.AlgorithmUnknown, answers[3].Code);
        Assert.Equal(answers[0].Result!.Value.GetRawText(), answers[4].Result!.Value.GetRawText());
        Assert.Equal("5: 2 answered, 2 failed, 1 refused", end.Facts.Enforced["calls"]);
    }

    [Fact]
    public async Task AColumnThatIsNotThere_IsTheEndOfTheCallThatNamesIt()
    {
        Allow();

        var (answers, _) = await AskAsync(("moments", """{"column":"age"}"""), ("moments", """{"column":"agee"}"""), ("moments", """{"column":"age"}"""));

        Assert.Equal([CallEnd.Succeeded, CallEnd.Failed, CallEnd.Succeeded], answers.Select(answer => answer.End));
        Assert.Contains("agee", answers[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterAFault_AnotherProgramDoesTheOtherCalls_AndBytesThatAreNoJsonAreAskedAlone()
    {
        Allow();

        var (answers, _) = await AskAsync(("calls", "{}"), ("not-a-number", "{}"), ("calls", "{}"), ("boom", """{"text":"x"}"""));

        Assert.Equal([CallEnd.Succeeded, CallEnd.Failed, CallEnd.Succeeded, CallEnd.Alone], answers.Select(answer => answer.End));
        Assert.Equal([1, 1], new[] { answers[0], answers[2] }.Select(answer => answer.Result!.Value.GetProperty("number").GetInt64()));
    }

    [Fact]
    public async Task ManyMeans_AreThoseOfSingleRuns_WhateverTheirOrder()
    {
        bench.WriteRows(40);
        bench.WritePolicy();
        var single = Assert.IsType<RunEnd.Succeeded>(await bench.RunAsync("summary", "partial", """{"columns":["age"]}"""));
        var text = await File.ReadAllTextAsync(single.OutputPath, TestContext.Current.CancellationToken);

        var (answers, _) = await AskAsync("summary", [.. Enumerable.Repeat(("partial", """{"columns":["age"]}"""), 20)]);

        Assert.All(answers, answer => Assert.Equal(text, answer.Result!.Value.GetRawText()));
    }

    [Fact]
    public async Task WhereAPersonHasToAgree_TheCallIsToBeAskedAlone()
    {
        Allow("approval: before-run");

        var (answers, _) = await AskAsync(("moments", """{"column":"age"}"""));

        Assert.Equal(CallEnd.Alone, Assert.Single(answers).End);
    }

    [Theory]
    [InlineData("""{"v":1,"algorithms":[],"calls":[]}""")]
    [InlineData("""{"v":2,"algorithms":[],"calls":[{"algorithm":0,"function":"moments","arguments":{}}]}""")]
    [InlineData("""{"v":1,"algorithms":["builtin:conformance@1+sha256:0000000000000000000000000000000000000000000000000000000000000000"],"calls":[{"algorithm":0,"function":"moments","arguments":{}}]}""")]
    [InlineData("""{"v":1,"algorithms":[],"calls":[{"algorithm":0,"function":"moments","arguments":{}}]}""")]
    [InlineData("""{"v":1,"algorithms":[],"calls":[],"more":1}""")]
    public async Task WhatIsNoListOfCallsOfTheSignedCode_IsRefusedWhole(string arguments)
    {
        Allow();

        var failed = Assert.IsType<RunEnd.Failed>(await bench.RunAsync("conformance", CallBatch.Function, arguments));

        Assert.Equal(RunCodes.ArgumentsInvalid, failed.Code);
    }

    private void Allow(string lines = "") => bench.WritePolicy(lines, algorithm: "builtin:conformance@*");

    private Task<(IReadOnlyList<CallAnswer> Answers, RunEnd.Succeeded End)> AskAsync(params (string Function, string Arguments)[] calls) =>
        AskAsync("conformance", calls);

    private async Task<(IReadOnlyList<CallAnswer> Answers, RunEnd.Succeeded End)> AskAsync(string algorithm, (string Function, string Arguments)[] calls)
    {
        var code = await bench.FindAsync(algorithm);
        var batch = new CallBatch(CallBatch.CurrentVersion, [code],
            [.. calls.Select(call => new BatchedCall(0, call.Function, JsonElement.Parse(call.Arguments)))]);
        var end = Assert.IsType<RunEnd.Succeeded>(await bench.RunAsync(code, CallBatch.Function, System.Text.Encoding.UTF8.GetString(batch.ToBytes()), new()));
        var bytes = await File.ReadAllBytesAsync(end.OutputPath, TestContext.Current.CancellationToken);
        return (JsonSerializer.Deserialize(bytes, CallsJson.Default.CallAnswers)!.Calls, end);
    }
}
