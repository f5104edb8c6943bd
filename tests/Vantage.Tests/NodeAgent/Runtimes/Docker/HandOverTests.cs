using Vantage.NodeAgent.Runtimes;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>What holds of a run's inputs, whichever way they come to its container.</summary>
[Collection(EngineTests.Name)]
public sealed class HandOverTests(ProbeImage image)
{
    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WhatIsShown_IsSeenWhole_AndNothingOfItCanBeChangedOrRun(bool isApart)
    {
        await using var bench = new DockerBench(image.Id, """
            cat /vantage/data/table.csv; find /vantage | sort | tr "\n" " "; echo
            grep " /vantage " /proc/mounts | cut -d" " -f4
            for file in /vantage/new /vantage/script /vantage/data/new; do echo x > $file && echo changed; done 2>/dev/null
            chmod 777 /vantage/script 2>/dev/null && echo opened
            /vantage/data/program 2>/dev/null && echo ran
            exit 0
            """) { IsApart = isApart };
        var data = Directory.CreateDirectory(Path.Combine(bench.Shown, "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "table.csv"), "ä,1\n", TestContext.Current.CancellationToken);
        File.Copy("/bin/busybox", Path.Combine(data, "program"));

        Assert.Equal(0, Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync()).Code);

        var lines = bench.Said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("ä,1", lines[0]);
        Assert.Equal("/vantage /vantage/data /vantage/data/program /vantage/data/table.csv /vantage/run.json /vantage/script", lines[1].Trim());
        Assert.Subset(lines[2].Split(',').ToHashSet(), new HashSet<string> { "ro", "nosuid", "nodev", "noexec" });
        Assert.Equal(3, lines.Length);
        Assert.Empty(await bench.LeftAsync());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task WhatAKilledNodeLeft_IsGoneAfterTheNextSweep(bool isApart)
    {
        await using var bench = new DockerBench(image.Id, "echo ready; sleep 600") { IsApart = isApart };
        var left = bench.RunAsync();
        await bench.FirstWord;

        using var next = bench.Make();
        await next.SweepAsync(bench.WorkRoot, TestContext.Current.CancellationToken);

        Assert.Empty(await bench.LeftAsync());
        // Its first word can be here before the engine's answer to having started it.
        Assert.True(await left is RuntimeEnd.Exited or RuntimeEnd.NotStarted);
    }
}
