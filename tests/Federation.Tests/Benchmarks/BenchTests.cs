using System.Text.Json;
using Federation.Tests.Processes;

namespace Federation.Tests.Benchmarks;

/// <summary>The bench is a program that nobody runs every day: this runs all of it, small. No time is judged here.</summary>
public sealed class BenchTests
{
    [Fact]
    public Task Bench_Quick_MeasuresTheHotPath() =>
        MeasureAsync("cryptography", "cycles", "history", "memory", "payloads", "reconnect", "start", "tasks", "told");

    [Fact]
    public Task Bench_Quick_MeasuresContainers()
    {
        Assert.SkipUnless(File.Exists("/var/run/docker.sock"), "There is no container engine at /var/run/docker.sock: './build setup' installs and starts one.");
        // The two that measure a whole sandbox mostly start one, which others test: the soak measures them too.
        return Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak"
            ? MeasureAsync("asked", "containers", "interactive", "warm")
            : MeasureAsync("containers", "warm");
    }

    private static async Task MeasureAsync(params string[] sections)
    {
        using var folder = new TemporaryFolder("bench");
        File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32("711", 8));
        await using var bench = ChildProcess.Start(Programs.Bench, [.. sections, "--quick", "--json", "--data", folder.Sub("data")]);

        var exit = await bench.ExitAsync(TestContext.Current.CancellationToken);

        Assert.True(exit == 0, bench.Output);
        var figures = JsonDocument.Parse(bench.StandardOutput).RootElement.EnumerateArray().ToList();
        Assert.Equal(sections, figures.Select(figure => figure.GetProperty("section").GetString()).Distinct().Order());
        Assert.All(figures, figure => Assert.Equal(JsonValueKind.Number, figure.GetProperty("value").ValueKind));
    }
}
