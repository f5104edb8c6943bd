using System.Diagnostics;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Processes;

namespace Vantage.Tests.NodeAgent.Runtimes;

public sealed class ProcessRuntimeTests
{
    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("kill -SEGV $$", 139)]
    public async Task AProcessThatEnds_EndsWithItsCode(string script, int code)
    {
        using var bench = new ProcessBench(script);

        Assert.Equal(code, Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync()).Code);
    }

    [Fact]
    public async Task ItIsCalledAsAWorker_InItsOwnDirectoryWithNothingOnItsInput()
    {
        using var bench = new ProcessBench("echo \"$#|$1|$2|$(pwd)|$(cat)\"");

        await bench.RunAsync();

        Assert.Equal($"2|run|{bench.Work}/run.json|{bench.Work}|\n", bench.Said);
    }

    [Fact]
    public async Task NothingOfTheNodesEnvironment_ReachesIt()
    {
        Environment.SetEnvironmentVariable("VANTAGE_TEST_SECRET", "leaked");
        using var bench = new ProcessBench("env");

        await bench.RunAsync();

        var names = bench.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')[0]).ToHashSet();
        names.ExceptWith(["PWD", "SHLVL", "_", "OLDPWD"]);
        Assert.Subset(
            new HashSet<string>
            {
                "PATH", "LANG", "TZ", "HOME", "TMPDIR", "TMP", "TEMP", "VANTAGE_RUN", "DOTNET_EnableDiagnostics",
                "DOTNET_PROCESSOR_COUNT", "DOTNET_GCHeapHardLimit", "DOTNET_ROOT",
            },
            names);
        Assert.DoesNotContain("leaked", bench.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BothItsStreams_AreHeard()
    {
        using var bench = new ProcessBench("echo out; echo err >&2");

        await bench.RunAsync();

        Assert.Contains("out\n", bench.Said, StringComparison.Ordinal);
        Assert.Contains("err\n", bench.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItsTimeIsOver_ThenItIsKilled()
    {
        using var bench = new ProcessBench("sleep 600") { Limits = new(1, 512, 64, TimeSpan.FromMilliseconds(300)) };

        Assert.Equal(Resource.Time, Assert.IsType<RuntimeEnd.Exceeded>(await bench.RunAsync()).Resource);
        Assert.Empty(bench.Alive());
    }

    [Fact]
    public async Task MoreMemoryThanItMay_ThenItIsKilled()
    {
        // The child, not the shell that the node started, uses the memory.
        using var bench = new ProcessBench("head -c 200000000 /dev/zero | tail -c 200000000 | (sleep 600; cat) > /dev/null")
        {
            Limits = new(1, 64, 64, TimeSpan.FromMinutes(5)),
        };

        Assert.Equal(Resource.Memory, Assert.IsType<RuntimeEnd.Exceeded>(await bench.RunAsync()).Resource);
        Assert.Empty(bench.Alive());
    }

    [Fact]
    public async Task MoreScratchThanItMay_ThenItIsKilled()
    {
        using var bench = new ProcessBench("head -c 20000000 /dev/zero > $TMPDIR/big; sleep 600")
        {
            Limits = new(1, 512, 10, TimeSpan.FromMinutes(5)),
        };

        Assert.Equal(Resource.Disk, Assert.IsType<RuntimeEnd.Exceeded>(await bench.RunAsync()).Resource);
    }

    [Fact]
    public async Task AskedToStop_ItMayTidyUp()
    {
        using var bench = new ProcessBench("trap 'echo tidy; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        using var stop = new CancellationTokenSource();
        var run = bench.RunAsync(stop);
        await bench.FirstWord;

        await stop.CancelAsync();

        Assert.IsType<RuntimeEnd.Stopped>(await run);
        Assert.Contains("tidy", bench.Said, StringComparison.Ordinal);
        Assert.Empty(bench.Alive());
    }

    [Fact]
    public async Task AskedToStopAndDeaf_ItIsKilled()
    {
        using var bench = new ProcessBench("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        using var stop = new CancellationTokenSource();
        var run = bench.RunAsync(stop);
        await bench.FirstWord;

        await stop.CancelAsync();

        Assert.IsType<RuntimeEnd.Stopped>(await run);
        Assert.Empty(bench.Alive());
    }

    [Theory]
    [InlineData("sleep 600 & sleep 600 & exit 0")]
    [InlineData("setsid sleep 600 & (setsid sh -c 'setsid sleep 600 &' &) ; exit 0")]
    [InlineData("nohup sh -c 'trap \"\" TERM HUP; sleep 600' >/dev/null 2>&1 & exit 0")]
    public async Task WhateverItStarted_EndsWithIt(string script)
    {
        using var bench = new ProcessBench(script);

        Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync());

        Assert.Empty(bench.Alive());
    }

    [Fact]
    public async Task AWorkerThatIsNotThere_IsNotStarted()
    {
        using var bench = new ProcessBench("exit 0");
        File.Delete(bench.Worker);

        // Where a session is made by another program, that one starts and finds nothing.
        var end = await bench.RunAsync();

        Assert.True(end is RuntimeEnd.NotStarted or RuntimeEnd.Exited { Code: not 0 }, end.ToString());
    }

    [Fact]
    public async Task ItDumpsNoCore()
    {
        using var bench = new ProcessBench("sleep 0.3; ulimit -c");

        await bench.RunAsync();

        Assert.Equal("0\n", bench.Said);
    }

    [Fact]
    public async Task TheReceipt_SaysWhatWasNotEnforced()
    {
        using var bench = new ProcessBench("exit 0");

        var enforced = (await bench.RunAsync()).Enforced;

        Assert.Equal("not enforced", enforced["network"]);
        Assert.Equal("not enforced", enforced["filesystem"]);
        Assert.StartsWith("not enforced", enforced["cpu"], StringComparison.Ordinal);
        Assert.Equal("300 s", enforced["time"]);
    }

    [Fact]
    public async Task WhatAKilledNodeLeftRunning_IsSweptByTheNext()
    {
        using var socket = new TemporarySocketFolder();
        using var bench = new ProcessBench("echo ready; setsid sleep 600 & sleep 600") { SocketFolder = socket.Path };
        using var stop = new CancellationTokenSource();
        var run = bench.RunAsync(stop);
        await bench.FirstWord;
        Assert.NotEmpty(bench.Alive());

        await bench.Runtime.SweepAsync(bench.WorkRoot, TestContext.Current.CancellationToken);

        Assert.Empty(bench.Alive());
        Assert.False(Directory.Exists(socket.Path));
        Assert.IsType<RuntimeEnd.Exited>(await run);
    }

    [Fact]
    public async Task ASweep_TouchesNobodyElsesProcesses()
    {
        using var other = new ProcessBench("echo ready; sleep 600");
        using var stop = new CancellationTokenSource();
        var run = other.RunAsync(stop);
        await other.FirstWord;
        using var bench = new ProcessBench("exit 0");
        using var stranger = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
        // A mark whose process is gone and whose number now belongs to somebody else.
        await File.WriteAllLinesAsync(
            Path.Combine(bench.Work, ProcessMark.FileName), [$"{stranger.Id}", "boot 1", "/etc"], TestContext.Current.CancellationToken);

        await bench.Runtime.SweepAsync(bench.WorkRoot, TestContext.Current.CancellationToken);

        Assert.NotEmpty(other.Alive());
        Assert.NotNull(LinuxProcesses.Find(stranger.Id) is { IsZombie: false } alive ? alive : null);
        Assert.True(Directory.Exists("/etc"));
        stranger.Kill();
        await stop.CancelAsync();
        await run;
    }

    private sealed class TemporarySocketFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("vtg-").FullName;

        public void Dispose()
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }
        }
    }
}
