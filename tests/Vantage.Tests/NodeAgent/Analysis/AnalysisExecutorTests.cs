using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.NodeAgent.Analysis;

public sealed class AnalysisExecutorTests : IAsyncDisposable
{
    private readonly AnalysisBench bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task ASummary_IsComputedBesideTheData()
    {
        var end = await bench.RunAsync("summary", "partial", """{"columns":["age"]}""");

        var done = Assert.IsType<RunEnd.Succeeded>(end);
        var output = await File.ReadAllBytesAsync(done.OutputPath, Cancellation);
        Assert.Equal((output.Length, Digest.Of(output)), (done.Size, done.Digest));
        Assert.Contains("25", JsonDocument.Parse(output).RootElement.ToString(), StringComparison.Ordinal);
        Assert.Equal([RunPhase.Preparing, RunPhase.Running], bench.Phases);
    }

    [Fact]
    public async Task ItsReceipt_NamesDataPolicyAndWhatWasNotEnforced()
    {
        var facts = (await bench.RunAsync("summary", "partial", "{}")).Facts;

        Assert.Equal(
            new DatasetUsed("table", "patients", null, Digest.Of(await File.ReadAllBytesAsync(bench.DataPath, Cancellation)), 25),
            Assert.Single(facts.Datasets));
        Assert.Equal("tests", facts.Decision!.Rule);
        Assert.StartsWith("sha256:", facts.Decision.Policy, StringComparison.Ordinal);
        Assert.Equal("process", facts.Sandbox);
        Assert.Equal("not enforced", facts.Enforced["network"]);
        Assert.True(facts.StartedAt <= facts.FinishedAt);
    }

    [Fact]
    public async Task ARun_SeesNoColumnThatItDidNotAskFor()
    {
        await bench.RunAsync("summary", "partial", """{"columns":["age"]}""");

        Assert.StartsWith("age\n1\n2\n", bench.Snapshot, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", bench.Snapshot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunThatNamesNoColumn_SeesTheAllowedOnes()
    {
        bench.WritePolicy(data: "{ source: patients, columns: [age] }");

        Assert.IsType<RunEnd.Succeeded>(await bench.RunAsync("summary", "partial", "{}"));
        Assert.DoesNotContain("secret", bench.Snapshot, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AColumnThatIsNotAllowed_IsRefusedByTheLaterDecision()
    {
        bench.WritePolicy(data: "{ source: patients, columns: [age] }");

        var refused = Assert.IsType<RunEnd.Refused>(await bench.RunAsync("testing", "levels", """{"column":"name"}"""));

        Assert.Equal((RunCodes.PolicyRefused, "tests"), (refused.Code, refused.Rule));
        Assert.Contains("column 'name' is not listed", refused.Message, StringComparison.Ordinal);
        Assert.IsType<PolicyDecision.Refused>(refused.Facts.Decision);
    }

    [Fact]
    public async Task FewerRowsThanTheRuleAsksFor_AreNotComputedOn()
    {
        bench.WriteRows(9);

        var refused = Assert.IsType<RunEnd.Refused>(await bench.RunAsync("summary", "partial", "{}"));

        Assert.Equal(RunCodes.PolicyRefused, refused.Code);
        Assert.Contains("fewer rows than the 10 that rule 'tests'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("9", refused.Message, StringComparison.Ordinal);
        Assert.Empty(refused.Facts.Datasets);
        Assert.Null(refused.Facts.Sandbox);
    }

    [Fact]
    public async Task NoRows_IsSaidPlainly()
    {
        bench.WriteRows(0);

        var failed = Assert.IsType<RunEnd.Failed>(await bench.RunAsync("summary", "partial", "{}"));

        Assert.Contains("has no rows", failed.Message, StringComparison.Ordinal);
        Assert.Equal(RunCodes.DataInvalid, failed.Code);
    }

    [Fact]
    public async Task ARaggedFile_IsNamedByLine()
    {
        await File.AppendAllTextAsync(bench.DataPath, "1,2,3\n", Cancellation);

        var failed = Assert.IsType<RunEnd.Failed>(await bench.RunAsync("summary", "partial", "{}"));

        Assert.Equal(RunCodes.DataInvalid, failed.Code);
        Assert.Contains("source 'patients' (patients.csv), line 27", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherContentThanPinned_IsRefused()
    {
        await using var pinning = new AnalysisBench { Pinned = Digest.OfText("yesterday's") };

        Assert.Equal(RunCodes.DataUnavailable,
            Assert.IsType<RunEnd.Refused>(await pinning.RunAsync("summary", "partial", "{}")).Code);
    }

    [Theory]
    [InlineData("builtin:summary@1.0.0+sha256:", RunCodes.AlgorithmUnknown)]
    [InlineData("oci:registry.example/a@sha256:", "image-publisher-unknown")]
    public async Task CodeThatTheNodeLacks_IsRefusedByName(string algorithm, string code)
    {
        var refused = Assert.IsType<RunEnd.Refused>(await bench.RunAsync(
            AlgorithmRef.Parse(algorithm + new string('0', 64)), "partial", "{}", new CancellationTokenSource()));

        Assert.Equal(code, refused.Code);
        Assert.Contains(algorithm.Split(':', '@')[1], refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("partail", RunCodes.AlgorithmUnknown)]
    [InlineData("central", RunCodes.ArgumentsInvalid)]
    public async Task AFunctionThatDoesNotRunHere_IsNamed(string function, string code)
    {
        var end = await bench.RunAsync("summary", function, "{}");

        Assert.Equal(code, end switch { RunEnd.Failed failed => failed.Code, RunEnd.Refused refused => refused.Code, _ => null });
    }

    [Fact]
    public async Task WithoutConsent_NothingRunsAsAProcess()
    {
        bench.WritePolicy(consents: false);

        var refused = Assert.IsType<RunEnd.Refused>(await bench.RunAsync("summary", "partial", "{}"));

        Assert.Equal((RunCodes.RuntimeUnavailable, AnalysisPermission.ConsentRule), (refused.Code, refused.Rule));
        Assert.False(Directory.Exists(Path.Combine(bench.WorkDirectory, "data")));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("errors: release", true)]
    public async Task AnAlgorithmsOwnWordsOfItsFailure_LeaveOnlyIfThePolicySaysSo(string line, bool released)
    {
        bench.WritePolicy(line);

        var failed = Assert.IsType<RunEnd.Failed>(await bench.RunAsync("testing", "boom", """{"text":"patient Smith"}"""));

        Assert.Equal(RunCodes.AlgorithmFailed, failed.Code);
        Assert.Equal(released, (failed.Message + failed.Detail).Contains("Smith", StringComparison.Ordinal));
        Assert.Equal(released, failed.Detail is not null);
        Assert.Matches(@"boom|TestingAlgorithm\.cs:\d+", failed.Message + failed.Detail);
    }

    [Fact]
    public async Task WhatANodesOwnCodeSaysOfArguments_LeavesInAnyCase()
    {
        var failed = Assert.IsType<RunEnd.Failed>(await bench.RunAsync("summary", "partial", """{"colums":["age"]}"""));

        Assert.Equal(RunCodes.ArgumentsInvalid, failed.Code);
        Assert.Contains("colums", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"columns\":[\"age\"],\"columns\":[\"name\"]}")]
    public async Task ArgumentsThatAreNotOneValue_AreInvalid(string arguments) =>
        Assert.Equal(RunCodes.ArgumentsInvalid,
            Assert.IsType<RunEnd.Failed>(await bench.RunAsync("summary", "partial", arguments)).Code);

    [Theory]
    [InlineData("", false)]
    [InlineData("logs: release", true)]
    public async Task Logs_LeaveOnlyIfThePolicySaysSo(string line, bool released)
    {
        bench.WritePolicy(line);

        var end = await bench.RunAsync("testing", "echo-log", """{"lines":["one","two"]}""");

        Assert.IsType<RunEnd.Succeeded>(end);
        Assert.Equal(released, end.LogPath is not null);
        Assert.Equal("one\ntwo\n", await File.ReadAllTextAsync(Path.Combine(bench.WorkDirectory, "log.txt"), Cancellation));
    }

    [Fact]
    public async Task AStoppedRun_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        var run = bench.RunAsync(await bench.FindAsync("testing"), "sleep-until-cancelled", """{"percent":7}""", stop);
        await bench.FirstPercent;

        await stop.CancelAsync();

        Assert.IsType<RunEnd.Cancelled>(await run);
        Assert.Equal([7], bench.Percents);
    }

    [Fact]
    public async Task ARunPastItsTime_IsEnded()
    {
        await using var hasty = new AnalysisBench { Resources = new() { TimeSeconds = 1 } };

        Assert.Equal(RunCodes.TimeLimit,
            Assert.IsType<RunEnd.Failed>(await hasty.RunAsync("testing", "sleep-until-cancelled", "{}")).Code);
    }

    [Fact]
    public async Task AnOutputAboveTheRulesLimit_IsNoResult()
    {
        bench.WritePolicy("limits: { outputMiB: 1 }");

        var failed = Assert.IsType<RunEnd.Failed>(await bench.RunAsync("testing", "blob", """{"seed":1,"bytes":1048577}"""));

        Assert.Equal(RunCodes.OutputTooLarge, failed.Code);
        Assert.Empty(Directory.GetFiles(Path.Combine(bench.WorkDirectory, "output")));
    }
}
