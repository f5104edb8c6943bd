using System.Text.Json;
using Federation.Tests.Processes;

namespace Federation.Tests.Documents;

public sealed class GettingStartedTests
{
    /// <summary>Mean and standard deviation of mean_radius over all 569 rows, by exact rational arithmetic in Python.</summary>
    private const double Mean = 14.1272917398945518453427065026;
    private const double StandardDeviation = 3.52404882621207746489869270680;

    [Fact]
    public async Task GettingStarted_TypedAsItStands_EndsWithTheSummaryOverThreeOrganizations()
    {
        using var folder = new TemporaryFolder("tour");
        File.SetUnixFileMode(folder.Path, (UnixFileMode)Convert.ToInt32("711", 8));
        var commands = ConsoleBlocks.CommandsOf(await File.ReadAllTextAsync(
            Path.Combine(Programs.Repository, "docs", "getting-started.md"), TestContext.Current.CancellationToken));
        var script = folder.Write("tour.sh", $"set -eu -o pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT\n{string.Join('\n', commands)}\n");

        await using var shell = ChildProcess.Start("bash", ["-x", script], Programs.Repository, new Dictionary<string, string?>
        {
            ["TOUR"] = folder.Path, ["URL"] = $"http://127.0.0.1:{FreePort.Next()}", ["NO_COLOR"] = "1",
        });
        var exitCode = await shell.ExitAsync(TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, shell.Output);
        using var summary = JsonDocument.Parse(await File.ReadAllBytesAsync(folder.Sub("summary.json"), TestContext.Current.CancellationToken));
        var radius = summary.RootElement.GetProperty("columns").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "mean_radius");
        Assert.Equal(569, summary.RootElement.GetProperty("rows").GetInt64());
        Assert.Equal(Mean, radius.GetProperty("mean").GetDouble(), Mean * 1e-12);
        Assert.Equal(StandardDeviation, radius.GetProperty("standardDeviation").GetDouble(), StandardDeviation * 1e-12);
    }
}
