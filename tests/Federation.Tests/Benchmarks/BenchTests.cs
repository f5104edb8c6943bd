using System.Text.Json;
using Federation.Tests.Processes;

namespace Federation.Tests.Benchmarks;

/// <summary>The bench is a program that nobody runs every day: this runs all of it, small. No time is judged here.</summary>
public sealed class BenchTests
{
    [Fact]
    public async Task Bench_Quick_MeasuresEverySection()
    {
        using var folder = new TemporaryFolder("bench");
        File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32("711", 8));
        await using var bench = ChildProcess.Start(Programs.Bench, ["--quick", "--json", "--data", folder.Sub("data")]);

        var exit = await bench.ExitAsync(TestContext.Current.CancellationToken);

        Assert.True(exit == 0, bench.Output);
        var figures = JsonDocument.Parse(bench.StandardOutput).RootElement.EnumerateArray().ToList();
        Assert.Equal(
            ["cryptography", "cycles", "history", "memory", "payloads", "reconnect", "start", "tasks", "told"],
            figures.Select(figure => figure.GetProperty("section").GetString()).Distinct().Order());
        Assert.All(figures, figure => Assert.Equal(JsonValueKind.Number, figure.GetProperty("value").ValueKind));
    }
}
