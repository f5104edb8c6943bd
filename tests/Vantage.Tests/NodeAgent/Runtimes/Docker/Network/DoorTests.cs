using System.Diagnostics;
using System.Net.Sockets;
using Vantage.NodeAgent.Runtimes;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Network;

/// <summary>A container without a network calls its node by TCP, and nobody else.</summary>
[Collection(EngineTests.Name)]
public sealed class DoorTests(ProbeImage image)
{
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task EachDoor_LeadsToItsOwnSocket()
    {
        await using var one = Behind.Saying("one\n");
        await using var two = Behind.Saying("two\n");
        await using var bench = new DockerBench(image.Id, "nc first.vantage 8080; nc second.vantage 8081; nc 127.0.0.1 8081; nc first.vantage 8082 || echo refused")
        {
            Doors = [one.Door("first.vantage", 8080), two.Door("second.vantage", 8081)],
        };

        var end = Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync());

        Assert.Equal("one\ntwo\ntwo\nrefused\n", string.Concat(bench.Said.Split('\n').Where(line => !line.StartsWith("nc:", StringComparison.Ordinal)).Select(line => line + "\n")).Replace("\n\n", "\n", StringComparison.Ordinal));
        Assert.Contains("first.vantage:8080, second.vantage:8081", end.Enforced["network"], StringComparison.Ordinal);
        Assert.Empty(await bench.LeftAsync());
    }

    [Fact]
    public async Task WhatPasses_IsWhatWasSent_AlsoWhenItIsMuchAndManyAtOnce()
    {
        await using var echo = Behind.Echo();
        // 16 at a time, 4 MiB each, and each end is told to the other.
        await using var bench = new DockerBench(image.Id,
            "dd if=/dev/urandom of=/tmp/x bs=64k count=64 2>/dev/null; for i in $(seq 16); do (nc echo.vantage 8080 < /tmp/x | md5sum) & done; wait; md5sum < /tmp/x")
        {
            Limits = new(2, 256, 32, TimeSpan.FromMinutes(2)),
            Doors = [echo.Door("echo.vantage", 8080)],
        };

        Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync());

        var sums = bench.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(17, sums.Length);
        Assert.Single(sums.Distinct());
    }

    [Fact]
    public async Task MoreConnectionsThanTheRelayTakes_WaitAndHarmNothing()
    {
        using var open = new SemaphoreSlim(0);
        await using var slow = new Behind(async (stream, stop) =>
        {
            await open.WaitAsync(stop);
            await stream.WriteAsync("done\n"u8.ToArray(), stop);
        });
        await using var bench = new DockerBench(image.Id, "for i in $(seq 160); do nc slow.vantage 8080 & done; echo all; wait")
        {
            Limits = new(2, 256, 32, TimeSpan.FromMinutes(2)),
            Doors = [slow.Door("slow.vantage", 8080)],
        };
        var run = bench.RunAsync();
        await bench.FirstWord;

        open.Release(1000);

        Assert.IsType<RuntimeEnd.Exited>(await run);
        Assert.Equal(160, bench.Said.Split('\n').Count(line => line == "done"));
    }

    [Fact]
    public async Task NobodyBehindTheDoor_IsAConnectionThatEnds()
    {
        var gone = Behind.Echo();
        await using var bench = new DockerBench(image.Id, "echo x | nc gone.vantage 8080; echo ended") { Doors = [gone.Door("gone.vantage", 8080)] };
        File.Delete(gone.SocketPath);

        Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync());

        Assert.EndsWith("ended\n", bench.Said, StringComparison.Ordinal);
        await gone.DisposeAsync();
    }

    [Fact]
    public async Task WhatAKilledNodeLeft_IsGoneAfterTheNextSweep_RelayAndSocketsToo()
    {
        await using var echo = Behind.Echo();
        await using var bench = new DockerBench(image.Id, "echo ready; sleep 600") { Doors = [echo.Door("echo.vantage", 8080)] };
        var left = bench.RunAsync();
        await bench.FirstWord;
        Assert.Equal(4, (await bench.LeftAsync()).Count);
        using var next = bench.Make();

        await next.SweepAsync(bench.WorkRoot, TestContext.Current.CancellationToken);

        Assert.Empty(await bench.LeftAsync());
        await left;
    }

    [Fact]
    public Task AskedToStop_TheRelayIsGoneAsWell() => Promptly.WithinAsync(Prompt, async () =>
    {
        await using var echo = Behind.Echo();
        await using var bench = new DockerBench(image.Id, "trap '' TERM; echo ready; sleep 600") { Doors = [echo.Door("echo.vantage", 8080)] };
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

    /// <summary>Whatever it is at by then: asking the engine, making, starting, running, ending.</summary>
    [Fact]
    public async Task AskedToStopAtAnyMoment_ItIsGoneWithinFiveSeconds()
    {
        await using var echo = Behind.Echo();
        foreach (var moment in new[] { 0, 5, 10, 15, 20, 25, 30, 40, 60, 100, 150, 300, 500, 800 })
        {
            await Promptly.WithinAsync(Prompt, () => StopAtAsync(echo, moment));
        }
    }

    private async Task<TimeSpan> StopAtAsync(Behind echo, int moment)
    {
        await using var bench = new DockerBench(image.Id, "sleep 0.2") { Doors = [echo.Door("echo.vantage", 8080)] };
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(moment));
        var asked = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var said = stop.Token.Register(() => asked.SetResult(Stopwatch.GetTimestamp()));

        var end = await bench.RunAsync(stop);

        Assert.True(end is RuntimeEnd.Stopped or RuntimeEnd.Exited { Code: 0 }, end.ToString());
        var took = end is RuntimeEnd.Stopped ? Stopwatch.GetElapsedTime(await asked.Task) : TimeSpan.Zero;
        Assert.Empty(await bench.LeftAsync());
        return took;
    }

    [Fact]
    public Task AskedToStopWhileItIsPulled_ItIsGoneWithinFiveSeconds() => Promptly.WithinAsync(Prompt, async () =>
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var pulling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var bench = new DockerBench("sha256:" + new string('0', 64), "exit 0");
        using var stop = new CancellationTokenSource();
        var job = bench.Job() with
        {
            Code = new RuntimeCode.Image($"127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}/probe", Digest.OfText("manifest"), Digest.Parse(bench.Image)),
            Waiting = reason => pulling.TrySetResult(),
        };
        var run = bench.Runtime.RunAsync(job, stop.Token);
        await pulling.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        using var heard = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var asked = Stopwatch.GetTimestamp();

        await stop.CancelAsync();

        Assert.IsType<RuntimeEnd.Stopped>(await run);
        var took = Stopwatch.GetElapsedTime(asked);
        Assert.Empty(await bench.LeftAsync());
        return took;
    });

    [Fact]
    public async Task ANodeWithoutTheRelay_RefusesAndSaysWhatToDo()
    {
        await using var echo = Behind.Echo();
        await using var bench = new DockerBench(image.Id, "exit 0") { Relay = "/nowhere/relay", Doors = [echo.Door("echo.vantage", 8080)] };

        var refused = Assert.IsType<RuntimeEnd.Refused>(await bench.RunAsync());

        Assert.Equal("sandbox.network", refused.Rule);
        Assert.Contains("gcc", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await bench.LeftAsync());
    }
}
