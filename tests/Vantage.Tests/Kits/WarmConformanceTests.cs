using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Errors;

namespace Vantage.Tests.Kits;

/// <summary>What docs/algorithm-contract.md promises of a program that is kept warm, of each kit.</summary>
public sealed class WarmConformanceTests
{
    public static TheoryData<string> Languages => Kit.Languages;

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Calls_AreDoneByOneProgram_EachWithItsOwnArgumentsOutputAndLog_UntilOneFails(string language)
    {
        await using var bench = await WarmBench.StartAsync(Kit.Program(language), "x\n1\n2\n");
        const string Text = """a "quoted" back\slash, 你好, 😀\nline""";

        var first = await CallAsync(bench, "calls", "{}");
        var said = await CallAsync(bench, "say", """{"lines":["zwei ü 😀"],"percent":40}""");
        var echo = await CallAsync(bench, "echo", $$"""{"text":{{System.Text.Json.JsonSerializer.Serialize(Text)}},"number":0.30000000000000004}""");
        var moments = await CallAsync(bench, "moments", """{"column":"x"}""");
        var last = await CallAsync(bench, "calls", "{}");
        Assert.True(bench.Worker.IsSound);
        var wrong = await CallAsync(bench, "echo", """{"txt":1}""");

        Assert.Equal((1, 2), (first.Json.GetProperty("number").GetInt64(), last.Json.GetProperty("number").GetInt64()));
        Assert.Equal(("zwei ü 😀\n", ""), (said.Log, echo.Log));
        Assert.Equal([40], bench.Progress);
        Assert.Equal((Text, 0.1 + 0.2), (echo.Json.GetProperty("text").GetString(), echo.Json.GetProperty("number").GetDouble()));
        Assert.Equal(3, moments.Json.GetProperty("sum").GetDouble());
        Assert.Equal((WorkerExitCodes.Failed, RunCodes.ArgumentsInvalid, "echo"), (wrong.Code, wrong.Failure?.Code, wrong.Failure?.Function));
        Assert.Null(wrong.Result);
        Assert.False(bench.Worker.IsSound);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task WhenThereAreNoMoreCalls_TheProgramEndsByItself(string language)
    {
        var bench = await WarmBench.StartAsync(Kit.Program(language));
        await CallAsync(bench, "calls", "{}");

        await bench.DisposeAsync();

        Assert.Equal(WorkerExitCodes.Succeeded, Assert.IsType<RuntimeEnd.Exited>(await bench.Worker.Life).Code);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public Task ACallThatIsStopped_EndsTheProgramWithIt(string language) => Promptly.WithinAsync(TimeSpan.FromSeconds(6), async () =>
    {
        await using var bench = await WarmBench.StartAsync(Kit.Program(language));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(1));
        var started = TimeProvider.System.GetTimestamp();

        var end = await bench.CallAsync("wait", "{}", stop.Token);

        Assert.IsType<RuntimeEnd.Stopped>(end.End);
        var took = TimeProvider.System.GetElapsedTime(started);
        Assert.False(bench.Worker.IsSound);
        return took;
    });

    private static Task<KitEnd> CallAsync(WarmBench bench, string function, string arguments) =>
        bench.CallAsync(function, arguments, TestContext.Current.CancellationToken);
}
