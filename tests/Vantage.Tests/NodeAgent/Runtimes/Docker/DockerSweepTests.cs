using Vantage.NodeAgent.Runtimes;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>What a killed node left is gone before its next run; what is another's is not touched.</summary>
[Collection(EngineTests.Name)]
public sealed class DockerSweepTests(ProbeImage image)
{
    private const string Endless = "echo ready; sleep 600";

    [Fact]
    public async Task WhatAKilledNodeLeft_IsGoneAfterTheNextSweep()
    {
        await using var bench = new DockerBench(image.Id, Endless);
        var left = bench.RunAsync();
        await bench.FirstWord;

        // Another life of the node, which does not know what the first one runs.
        using var next = bench.Make();
        await next.SweepAsync(bench.WorkRoot, TestContext.Current.CancellationToken);

        Assert.Empty(await bench.LeftAsync());
        // Its first word can be here before the engine's answer to having started it.
        Assert.True(await left is RuntimeEnd.Exited or RuntimeEnd.NotStarted);
    }

    [Fact]
    public async Task ARunThatIsThereAlready_IsNotStartedTwice()
    {
        await using var bench = new DockerBench(image.Id, Endless);
        using var stop = new CancellationTokenSource();
        var first = bench.RunAsync(stop);
        await bench.FirstWord;

        Assert.IsType<RuntimeEnd.NotStarted>(await bench.RunAsync());

        Assert.Equal(2, (await bench.LeftAsync()).Count);
        await stop.CancelAsync();
        await first;
        Assert.Empty(await bench.LeftAsync());
    }

    [Fact]
    public async Task TwoNodesOnOneEngine_NeverTouchEachOthers()
    {
        await using var north = new DockerBench(image.Id, Endless);
        await using var south = new DockerBench(image.Id, "exit 0");
        using var stop = new CancellationTokenSource();
        var run = north.RunAsync(stop);
        await north.FirstWord;

        await south.RunAsync();
        await south.Runtime.SweepAsync(south.WorkRoot, TestContext.Current.CancellationToken);

        Assert.Equal(2, (await north.LeftAsync()).Count);
        Assert.False(run.IsCompleted);
        await stop.CancelAsync();
        Assert.IsType<RuntimeEnd.Stopped>(await run);
    }
}
