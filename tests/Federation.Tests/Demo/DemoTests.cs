using System.Text.Json;
using Federation.Tests.Processes;

namespace Federation.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_AsJson_EndsWithTheFederatedSummaryAndRegressionAndLeavesNothingBehind()
    {
        using var temporary = new TemporaryFolder("demo-test");
        File.SetUnixFileMode(temporary.Path, (UnixFileMode)Convert.ToInt32("1777", 8));
        await using var demo = ChildProcess.Start(Programs.Vantage, ["demo", "--json"],
            environment: new Dictionary<string, string?> { ["TMPDIR"] = temporary.Path });

        var exitCode = await demo.ExitAsync(TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, demo.Output);
        using var line = JsonDocument.Parse(demo.StandardOutput.TrimEnd().Split('\n')[^1]);
        var outcome = line.RootElement;
        Assert.Equal(["analysis", "sites", "rows", "result", "maxRelativeDifferenceToPooled", "logistic", "receiptsVerified", "seconds"],
            outcome.EnumerateObject().Select(member => member.Name));
        Assert.Equal(3, outcome.GetProperty("sites").GetInt32());
        Assert.Equal(569, outcome.GetProperty("rows").GetInt64());
        Assert.Equal(3, outcome.GetProperty("receiptsVerified").GetInt32());
        Assert.InRange(outcome.GetProperty("maxRelativeDifferenceToPooled").GetDouble(), 0, 1e-12);
        Assert.Equal(31, outcome.GetProperty("result").GetProperty("columns").GetArrayLength());
        AssertFit(outcome.GetProperty("logistic"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
        Assert.DoesNotContain(CommandLines(), words => words.Contains(temporary.Path, StringComparison.Ordinal));
    }

    /// <summary>R 4.2.2 over all rows, with glm.control(epsilon = 1e-14, maxit = 100).</summary>
    private static void AssertFit(JsonElement logistic)
    {
        (string Term, double Coefficient, double StandardError)[] expected =
        [
            ("(Intercept)", -42.0194076449157, 4.45942686617582), ("mean_radius", 1.39699240809601, 0.154032409765213),
            ("mean_texture", 0.380558926265894, 0.0571132466535010), ("mean_smoothness", 144.674227115014, 19.0468750889794),
        ];
        Assert.Equal(expected.Select(e => e.Term), logistic.GetProperty("coefficients").EnumerateObject().Select(term => term.Name));
        foreach (var (term, coefficient, standardError) in expected)
        {
            Assert.Equal(1, logistic.GetProperty("coefficients").GetProperty(term).GetDouble() / coefficient, 1e-9);
            Assert.Equal(1, logistic.GetProperty("standardErrors").GetProperty(term).GetDouble() / standardError, 1e-9);
        }
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
