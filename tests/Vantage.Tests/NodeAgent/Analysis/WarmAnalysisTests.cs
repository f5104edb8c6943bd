using System.Text.Json;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.NodeAgent.Analysis;

/// <summary>A job's runs at a node whose policy lets programs stay, with the real worker.</summary>
public sealed class WarmAnalysisTests : IAsyncDisposable
{
    private const string Allow = "docker: allow, warm: allow";
    private const string Code = "builtin:conformance@*";

    private readonly AnalysisBench bench = new() { Resources = new() { TimeSeconds = 600 } };

    public WarmAnalysisTests()
    {
        bench.WritePolicy(runtime: Allow, algorithm: Code);
        // Written long ago: a file of this moment is read anew for every run.
        File.SetLastWriteTimeUtc(bench.DataPath, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public async Task RunsOfOneJob_ShareAProgram_AndTheirReceiptsSayWhichCallTheyWere()
    {
        var first = await CallAsync("calls");
        var second = await CallAsync("calls");

        Assert.Equal((1, 2), (first.Number, second.Number));
        Assert.StartsWith("call 1 of a program started", first.Facts.Enforced["warm"], StringComparison.Ordinal);
        Assert.StartsWith("call 2 of a program started", second.Facts.Enforced["warm"], StringComparison.Ordinal);
        Assert.Equal("600 s for this call", second.Facts.Enforced["time"]);
        Assert.Equal(first.Facts.Datasets, second.Facts.Datasets);
        Assert.Equal(1, bench.Pool.Count);
    }

    [Fact]
    public async Task WithoutTheOwnersWord_EveryRunHasItsOwnProgram()
    {
        bench.WritePolicy(algorithm: Code);

        Assert.Equal((1, 1), (await NumberAsync(), await NumberAsync()));
        Assert.Equal(0, bench.Pool.Count);
    }

    [Fact]
    public async Task AnotherJobOrRequesterOrPolicyOrContent_MeetsAnotherProgram()
    {
        var calls = new List<long> { await NumberAsync() };
        bench.Job = JobId.New(TimeProvider.System);
        calls.Add(await NumberAsync());
        bench.User = UserId.New(TimeProvider.System);
        calls.Add(await NumberAsync());
        bench.WritePolicy("minimumRows: 2", runtime: Allow, algorithm: Code);
        calls.Add(await NumberAsync());
        bench.WriteRows(26);
        calls.Add(await NumberAsync());

        Assert.Equal([1, 1, 1, 1, 1], calls);
    }

    [Fact]
    public async Task ACallThatNamesOtherColumns_SeesThemAndNoOthers()
    {
        var age = await CallAsync("moments", """{"column":"age"}""");
        var name = await CallAsync("levels", """{"column":"name"}""");

        Assert.Equal(325, age.Json.GetProperty("sum").GetDouble());
        Assert.Equal(25, name.Json.GetProperty("counts").EnumerateObject().Count());
        Assert.Equal(2, bench.Pool.Count);
    }

    [Fact]
    public async Task TheRule_IsAskedForEveryCall()
    {
        await CallAsync("calls");
        bench.WritePolicy("minimumRows: 26", runtime: Allow, algorithm: Code);

        var refused = Assert.IsType<RunEnd.Refused>(await RunAsync("calls"));

        Assert.Equal((RunCodes.PolicyRefused, "tests"), (refused.Code, refused.Rule));
    }

    [Fact]
    public async Task AfterAFault_NothingOfTheProgramIsUsedAgain_AndTheNextRunKnowsNothingOfIt()
    {
        await CallAsync("calls");

        var failed = Assert.IsType<RunEnd.Failed>(await RunAsync("boom", """{"text":"secret-marker"}"""));

        Assert.Equal(RunCodes.AlgorithmFailed, failed.Code);
        Assert.Equal(1, await NumberAsync());
    }

    [Fact]
    public async Task AProgramThatWasKilled_FailsTheRunInIt_AndNoOther()
    {
        await CallAsync("calls");
        using var stop = new CancellationTokenSource();
        var code = await bench.FindAsync("conformance");
        var running = bench.RunAsync(code, "wait", "{}", stop);
        await bench.FirstPercent;

        Programs().ForEach(id => LinuxProcesses.Kill(id, 9));

        var failed = Assert.IsType<RunEnd.Failed>(await running);
        Assert.Equal((RunCodes.AlgorithmFailed, "'wait' was ended by signal 9 without a word."), (failed.Code, failed.Message));
        Assert.Equal(1, await NumberAsync());
    }

    [Fact]
    public async Task AProgramThatDiedIdle_IsNotNoticedByTheNextRun()
    {
        await CallAsync("calls");

        Programs().ForEach(id => LinuxProcesses.Kill(id, 9));

        Assert.Equal(1, await NumberAsync());
    }

    [Fact]
    public async Task ACancelledRun_EndsItsProgram()
    {
        using var stop = new CancellationTokenSource();
        var running = bench.RunAsync(await bench.FindAsync("conformance"), "wait", "{}", stop);
        await bench.FirstPercent;

        await stop.CancelAsync();

        Assert.IsType<RunEnd.Cancelled>(await running);
        Assert.Empty(Programs());
        Assert.Equal(1, await NumberAsync());
    }

    [Fact]
    public async Task ANodeThatStops_LeavesNoProgram_AndNoFolder()
    {
        await CallAsync("calls");
        Assert.NotEmpty(Programs());

        await bench.Pool.StopAsync(TestContext.Current.CancellationToken);

        Assert.Empty(Programs());
        Assert.Empty(Directory.EnumerateDirectories(Path.GetDirectoryName(bench.WorkDirectory)!, "warm-*"));
        Assert.Equal(1, await NumberAsync());
    }

    /// <summary>Those that the node's marks name.</summary>
    private List<int> Programs() =>
    [
        .. LinuxProcesses.All()
            .Where(p => !p.IsZombie && LinuxProcesses.HasMark(p.Id, ProcessMark.Variable, Path.GetDirectoryName(bench.WorkDirectory) + "/"))
            .Select(p => p.Id),
    ];

    private async Task<Done> CallAsync(string function, string arguments = "{}")
    {
        var end = Assert.IsType<RunEnd.Succeeded>(await RunAsync(function, arguments));
        return new Done(JsonElement.Parse(await File.ReadAllTextAsync(end.OutputPath, TestContext.Current.CancellationToken)), end.Facts);
    }

    private async Task<long> NumberAsync() => (await CallAsync("calls")).Json.GetProperty("number").GetInt64();

    private Task<RunEnd> RunAsync(string function, string arguments = "{}") => bench.RunAsync("conformance", function, arguments);

    private sealed record Done(JsonElement Json, ExecutionFacts Facts)
    {
        public long Number => Json.GetProperty("number").GetInt64();
    }
}
