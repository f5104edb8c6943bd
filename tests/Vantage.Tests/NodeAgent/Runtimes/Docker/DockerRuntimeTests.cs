using System.Diagnostics;
using Vantage.NodeAgent.Runtimes;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

[Collection(EngineTests.Name)]
public sealed class DockerRuntimeTests(ProbeImage image)
{
    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("sh -c 'kill -SEGV $$'", 139)]
    public async Task AContainerThatEnds_EndsWithItsCode(string script, int code)
    {
        await using var bench = new DockerBench(image.Id, script);

        Assert.Equal(code, Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync()).Code);
        Assert.Empty(await bench.LeftAsync());
    }

    [Fact]
    public async Task BothItsStreams_AreHeard_AndItsEnvironmentIsItsOwnAndOneMore()
    {
        Environment.SetEnvironmentVariable("VANTAGE_TEST_SECRET", "leaked");
        await using var bench = new DockerBench(image.Id, "echo out; echo err >&2; env; cat");

        await bench.RunAsync();

        Assert.Contains("out\n", bench.Said, StringComparison.Ordinal);
        Assert.Contains("err\n", bench.Said, StringComparison.Ordinal);
        Assert.Contains("VANTAGE_RUN=/vantage/run.json\n", bench.Said, StringComparison.Ordinal);
        var names = bench.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains('=')).Select(line => line.Split('=')[0]);
        Assert.Subset(new HashSet<string> { "PATH", "HOSTNAME", "HOME", "PWD", "SHLVL", "VANTAGE_RUN" }, names.ToHashSet());
    }

    [Fact]
    public async Task MoreMemoryThanItMay_ThenItIsKilled()
    {
        await using var bench = new DockerBench(image.Id, "exec probe memory 512") { Limits = new(1, 64, 16, TimeSpan.FromMinutes(5)) };

        Assert.Equal(Resource.Memory, Assert.IsType<RuntimeEnd.Exceeded>(await bench.RunAsync()).Resource);
        Assert.Empty(await bench.LeftAsync());
    }

    [Fact]
    public async Task ItsTimeIsOver_ThenItIsKilled()
    {
        await using var bench = new DockerBench(image.Id, "sleep 600") { Limits = new(1, 64, 16, TimeSpan.FromMilliseconds(300)) };

        Assert.Equal(Resource.Time, Assert.IsType<RuntimeEnd.Exceeded>(await bench.RunAsync()).Resource);
        Assert.Empty(await bench.LeftAsync());
    }

    [Fact]
    public async Task AskedToStop_ItMayTidyUp()
    {
        await using var bench = new DockerBench(image.Id, "trap 'echo tidy; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        using var stop = new CancellationTokenSource();
        var run = bench.RunAsync(stop);
        await bench.FirstWord;

        await stop.CancelAsync();

        Assert.IsType<RuntimeEnd.Stopped>(await run);
        Assert.Contains("tidy", bench.Said, StringComparison.Ordinal);
        Assert.Empty(await bench.LeftAsync());
    }

    [Fact]
    public Task AskedToStopAndDeaf_ItIsGoneWithinFiveSeconds() => Promptly.WithinAsync(TimeSpan.FromSeconds(5), async () =>
    {
        await using var bench = new DockerBench(image.Id, "trap '' TERM; echo ready; (trap '' TERM; sleep 600) & sleep 600");
        using var stop = new CancellationTokenSource();
        var run = bench.RunAsync(stop);
        await bench.FirstWord;

        var asked = Stopwatch.GetTimestamp();
        await stop.CancelAsync();

        Assert.IsType<RuntimeEnd.Stopped>(await run);
        var took = Stopwatch.GetElapsedTime(asked);
        Assert.Empty(await bench.LeftAsync());
        return took;
    });

    [Fact]
    public async Task TheReceipt_SaysWhatTheEngineReallyMade()
    {
        await using var bench = new DockerBench(image.Id, "exit 0");

        var enforced = (await bench.RunAsync()).Enforced;

        Assert.Equal("none", enforced["network"]);
        Assert.Equal("256", enforced["processes"]);
        Assert.Equal("128 MiB, no swap", enforced["memory"]);
        Assert.Equal("65532:65532", enforced["user"]);
        Assert.StartsWith("filtered by sha256:", enforced["system calls"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.5, 1 << 30, "sandbox.memory", "1073741824 MiB")]
    [InlineData(1000, 64, "sandbox.cpu", "1000 cores")]
    public async Task MoreThanTheHostHas_IsRefusedWithTheNumbers(double cpu, int memory, string rule, string number)
    {
        await using var bench = new DockerBench(image.Id, "exit 0") { Limits = new(cpu, memory, 16, TimeSpan.FromMinutes(1)) };

        var refused = Assert.IsType<RuntimeEnd.Refused>(await bench.RunAsync());

        Assert.Equal(rule, refused.Rule);
        Assert.Contains(number, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatThePolicyDemandsAndTheHostLacks_IsRefusedByName()
    {
        await using var bench = new DockerBench(image.Id, "exit 0") { Demands = new HashSet<SandboxDemand> { SandboxDemand.Runsc } };
        var host = await bench.Engine.Client.InfoAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(host.Runtimes.ContainsKey("runsc"), "This host has gVisor.");

        var refused = Assert.IsType<RuntimeEnd.Refused>(await bench.RunAsync());

        Assert.Equal("runtime.require (runsc)", refused.Rule);
        Assert.Contains("runc", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnImageThatWantsVolumes_IsRefused()
    {
        await using var bench = new DockerBench(image.WithVolume, "exit 0");

        Assert.Contains("/scratch", Assert.IsType<RuntimeEnd.Refused>(await bench.RunAsync()).Message, StringComparison.Ordinal);
        Assert.Empty(await bench.LeftAsync());
    }

    [Fact]
    public async Task AnImageThatCanBeHadNowhere_IsNotStarted()
    {
        await using var bench = new DockerBench("sha256:" + new string('0', 64), "exit 0");

        Assert.Contains("can't be pulled", Assert.IsType<RuntimeEnd.NotStarted>(await bench.RunAsync()).Message, StringComparison.Ordinal);
    }
}
