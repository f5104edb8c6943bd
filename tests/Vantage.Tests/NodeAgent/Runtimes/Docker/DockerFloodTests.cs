using System.Diagnostics;
using Vantage.NodeAgent.Runtimes;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>Algorithms that take all they can get: each meets its own limit, and nobody else waits.</summary>
[Collection(EngineTests.Name)]
public sealed class DockerFloodTests(ProbeImage image)
{
    [Theory]
    [InlineData("probe forks", 256)]
    [InlineData("probe files", 4096)]
    public async Task AFlood_EndsAtItsLimit(string script, int limit)
    {
        await using var bench = new DockerBench(image.Id, script);

        Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync());

        Assert.InRange(int.Parse(bench.Said.Split(' ')[0]), limit / 2, limit);
        Assert.Empty(await bench.LeftAsync());
    }

    [Fact]
    public async Task ScratchSpace_EndsAtItsSize()
    {
        await using var bench = new DockerBench(image.Id, "dd if=/dev/zero of=/tmp/x bs=64k; ls -l /tmp/x | awk \"{ print \\$5 }\"; i=0; while echo > /tmp/f$i; do i=$((i+1)); done 2>/dev/null; true")
        {
            Limits = new(1, 128, 16, TimeSpan.FromMinutes(1)),
        };

        Assert.IsType<RuntimeEnd.Exited>(await bench.RunAsync());

        Assert.Contains($"{16 << 20}", bench.Said.Split('\n'));
    }

    /// <summary>While one writes to its streams as fast as it can, others are served as ever.</summary>
    [Fact]
    public async Task ALogFlood_HoldsNobodyUp()
    {
        await Promptly.WithinAsync(TimeSpan.FromSeconds(10), async () =>
        {
            await using var noisy = new DockerBench(image.Id, "yes") { Limits = new(0.5, 64, 16, TimeSpan.FromSeconds(6)), Hears = false };
            await using var other = new DockerBench(image.Id, "exit 0");
            var run = noisy.RunAsync();
            await Task.WhenAny(noisy.FirstWord, run);

            var began = Stopwatch.GetTimestamp();
            await other.RunAsync();
            var took = Stopwatch.GetElapsedTime(began);

            Assert.Equal(Resource.Time, Assert.IsType<RuntimeEnd.Exceeded>(await run).Resource);
            return took;
        });
    }
}
