using System.Diagnostics;

namespace Vantage.Tests.Architecture;

/// <summary>The judge of all other tests (eng/tally.mjs), on results made up for it.</summary>
public sealed class TallyTests : IDisposable
{
    private const string Passed = """<UnitTestResult testName="A" outcome="Passed" />""";
    private const string Failed =
        """<UnitTestResult testName="B" outcome="Failed"><Output><ErrorInfo><Message>a &lt; b</Message></ErrorInfo></Output></UnitTestResult>""";
    private const string LeftOut =
        """<UnitTestResult testName="C" outcome="NotExecuted"><Output><ErrorInfo><Message>no python</Message></ErrorInfo></Output></UnitTestResult>""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vantage-tally-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Results_OfAllProjects_AreAddedUp()
    {
        Write("One.Tests", Passed + LeftOut);
        Write("Two.Tests", Passed);

        var (code, text) = await TallyAsync();

        Assert.Equal(0, code);
        Assert.Contains("no python", text, StringComparison.Ordinal);
        Assert.EndsWith("\n2 passed, 0 failed, 1 skipped\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFailedTest_FailsTheWhole_AndIsNamedWithItsReason()
    {
        Write("One.Tests", Passed + Failed);

        var (code, text) = await TallyAsync();

        Assert.Equal(1, code);
        Assert.Contains("B\n    a < b", text, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 1 failed, 0 skipped\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATestLeftOut_WhereEverythingIsRequired_IsAFailedOne()
    {
        Write("One.Tests", Passed + LeftOut);

        var (code, text) = await TallyAsync("--require-all");

        Assert.Equal(1, code);
        Assert.EndsWith("\n1 passed, 1 failed, 0 skipped\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProjectWithTestsOfWhichNoneRan_FailsTheWhole_UnlessTheyWereFiltered()
    {
        Write("One.Tests", Passed);
        Write("Two.Tests", "");

        var (code, text) = await TallyAsync();
        var (filtered, _) = await TallyAsync("--filtered");

        Assert.Equal(1, code);
        Assert.Contains("No test ran in Two.Tests.", text, StringComparison.Ordinal);
        Assert.Equal(0, filtered);
    }

    [Fact]
    public async Task NoTestAtAll_FailsTheWhole_EvenFiltered()
    {
        Write("One.Tests", "");

        var (code, _) = await TallyAsync("--filtered");

        Assert.Equal(1, code);
    }

    [Fact]
    public async Task ATestThatDidNotEnd_IsAFailedOne()
    {
        Write("One.Tests", Passed);
        File.WriteAllText(
            Path.Combine(_folder.FullName, "results", "Sequence_0f.xml"),
            """<TestSequence><Test Name="H" DisplayName="Hangs" Completed="False" /></TestSequence>""");

        var (code, text) = await TallyAsync();

        Assert.Equal(1, code);
        Assert.Contains("Hangs", text, StringComparison.Ordinal);
        Assert.EndsWith("\n1 passed, 1 failed, 0 skipped\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATestProcessThatEndedBadly_FailsTheWhole_ThoughNoTestFailed()
    {
        Write("One.Tests", Passed);

        var (code, _) = await TallyAsync(runnerCode: 134);

        Assert.Equal(1, code);
    }

    private void Write(string project, string results)
    {
        var tests = Path.Combine(_folder.FullName, "tests", project);
        Directory.CreateDirectory(tests);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "results"));
        File.WriteAllText(Path.Combine(tests, "SomeTests.cs"), "[Fact] public void A() { }");
        File.WriteAllText(Path.Combine(_folder.FullName, "results", project + ".trx"), $"<TestRun>{results}</TestRun>");
    }

    private async Task<(int Code, string Text)> TallyAsync(string option = "", int runnerCode = 0)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = _folder.FullName,
        };
        foreach (var argument in new[] { Checkout.PathOf("eng/tally.mjs"), "results", "--code", $"{runnerCode}", option })
        {
            start.ArgumentList.Add(argument);
        }

        using var node = Process.Start(start)!;
        var text = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (node.ExitCode, text.ReplaceLineEndings("\n"));
    }
}
