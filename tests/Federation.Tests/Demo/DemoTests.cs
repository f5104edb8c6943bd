using System.Text.Json;
using Federation.Tests.Processes;

namespace Federation.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_AsJson_EndsWithTheFederatedSummaryAndLeavesNothingBehind()
    {
        using var temporary = new TemporaryFolder("demo-test");
        File.SetUnixFileMode(temporary.Path, (UnixFileMode)Convert.ToInt32("1777", 8));
        await using var demo = ChildProcess.Start(Programs.Vantage, ["demo", "--json"],
            environment: new Dictionary<string, string?> { ["TMPDIR"] = temporary.Path });

        var exitCode = await demo.ExitAsync(TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, demo.Output);
        using var line = JsonDocument.Parse(demo.StandardOutput.TrimEnd().Split('\n')[^1]);
        var outcome = line.RootElement;
        Assert.Equal(["analysis", "sites", "rows", "result", "maxRelativeDifferenceToPooled", "receiptsVerified", "seconds"],
            outcome.EnumerateObject().Select(member => member.Name));
        Assert.Equal(3, outcome.GetProperty("sites").GetInt32());
        Assert.Equal(569, outcome.GetProperty("rows").GetInt64());
        Assert.Equal(3, outcome.GetProperty("receiptsVerified").GetInt32());
        Assert.InRange(outcome.GetProperty("maxRelativeDifferenceToPooled").GetDouble(), 0, 1e-12);
        Assert.Equal(31, outcome.GetProperty("result").GetProperty("columns").GetArrayLength());
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
        Assert.DoesNotContain(CommandLines(), words => words.Contains(temporary.Path, StringComparison.Ordinal));
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            string words;
            try
            {
                words = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (IOException)
            {
                continue;
            }

            yield return words;
        }
    }
}
