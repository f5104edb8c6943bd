using System.Globalization;
using System.Text.RegularExpressions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Errors;
using Vantage.Tests.Kits;

namespace Vantage.Tests.NodeAgent.Rehearsals;

/// <summary>An author's debugger gets into a function of a folder, before it begins.</summary>
public sealed partial class DebuggedRehearsalTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-");

    /// <summary>A debugger that does not get in would be waited for without end.</summary>
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public DebuggedRehearsalTests() => patience.CancelAfter(TimeSpan.FromMinutes(2));

    private CancellationToken Stop => patience.Token;

    public void Dispose()
    {
        patience.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task APythonFunction_StopsAtABreakpoint_ShowsItsVariables_AndGoesOn()
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/debugpy"), "No debugpy; './build setup' as root on Debian installs it.");
        var program = Kit.Program("python");
        var line = Array.FindIndex(await File.ReadAllLinesAsync(program, Stop), text => text.Contains("return {\"n\": n, \"sum\": total", StringComparison.Ordinal)) + 1;
        using var heard = new Heard();
        var run = RunAsync(heard, Stop, "--program", program, "--interpreter", "/usr/bin/python3", "--function", "moments", "--args", """{"column":"age"}""");

        var port = (await heard.WaitAsync(Debugpy(), Stop)).Groups["port"].Value;
        using var editor = await DebugAdapter.ConnectAsync(int.Parse(port, CultureInfo.InvariantCulture), Stop);
        await editor.AttachAsync(program, line, Stop);
        var thread = await editor.StoppedAsync(Stop);
        var total = await editor.EvaluateAsync(thread, "total", Stop);
        await editor.SayAsync("continue", $$"""{"threadId":{{thread}}}""", Stop);

        Assert.Equal("90.0", total);
        Assert.Equal(ExitCodes.Ok, await run);
    }

    /// <summary>What a debugger attaches by is there while it waits, and is not there otherwise. No debugger for .NET could be had for this test.</summary>
    [Fact]
    public async Task ADotNetFunction_Waits_WithItsRuntimesDoorOpen()
    {
        using var heard = new Heard();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var run = RunAsync(heard, stop.Token, "--program", Kit.Program("dotnet"), "--function", "moments", "--args", """{"column":"age"}""");

        var process = (await heard.WaitAsync(Process(), Stop)).Groups["process"].Value;
        var scratch = (await File.ReadAllTextAsync($"/proc/{process}/environ", Stop)).Split('\0').Single(line => line.StartsWith("TMPDIR=", StringComparison.Ordinal))["TMPDIR=".Length..];
        var doors = Directory.EnumerateFileSystemEntries(scratch, $"clr-debug-pipe-{process}-*").Count();
        await stop.CancelAsync();

        Assert.True(doors > 0, $"nothing of process {process} in {scratch}");
        Assert.Equal(ExitCodes.Interrupted, await run);
    }

    private Task<int> RunAsync(Heard heard, CancellationToken stop, params string[] words)
    {
        var file = Path.Combine(folder.FullName, "north.csv");
        File.WriteAllText(file, "age\n40\n50\n");
        return VerbLine.RunAsync(NodeVerbs.All, ["rehearse", .. words, "--wait-for-debugger", file], TextWriter.Null, heard, stop);
    }

    [GeneratedRegex(@"debugpy 127\.0\.0\.1:(?<port>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Debugpy();

    [GeneratedRegex(@"waiting for a debugger: process (?<process>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Process();

    /// <summary>What the command says while it runs.</summary>
    private sealed class Heard : StringWriter
    {
        private readonly SemaphoreSlim more = new(0);

        public override void WriteLine(string? value)
        {
            lock (more)
            {
                base.WriteLine(value);
            }

            more.Release();
        }

        public async Task<Match> WaitAsync(Regex wanted, CancellationToken stop)
        {
            while (true)
            {
                await more.WaitAsync(stop);
                lock (more)
                {
                    if (wanted.Match(ToString()) is { Success: true } match)
                    {
                        return match;
                    }
                }
            }
        }
    }
}
