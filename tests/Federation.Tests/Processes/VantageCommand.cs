using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Programs;
using Command = Vantage.Cli.CommandLine.VantageCommand;

namespace Federation.Tests.Processes;

/// <summary>
/// The <c>vantage</c> command as one person types it. Carried out in this process where nothing else is asked for: what a
/// command does is the same there, and a process of its own costs many times as much. Tests of what people type, and of what
/// processes leave behind, ask for processes.
/// </summary>
internal sealed class VantageCommand(string home, CancellationToken stop)
{
    public string Home => home;

    /// <summary>Each command is a process of its own.</summary>
    public bool IsProcess { get; init; }

    /// <summary>The worker whose algorithms a catalogue lists; the installed one by default.</summary>
    public string? Worker { get; init; }

    /// <summary>Set for this person alone.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>Where the person stands; the test's own folder by default.</summary>
    public string? Folder { get; init; }

    /// <summary>What <c>--quiet</c> prints; anything but success fails the test with all that was said.</summary>
    public async Task<string> TypeAsync(params string[] words)
    {
        var (exitCode, output, errors) = await TryAsync([.. words, "--quiet", "--yes"]);
        Assert.True(exitCode == 0, $"vantage {string.Join(' ', words)} ended with {exitCode}:\n{output}\n{errors}");
        return output.Trim();
    }

    public async Task<JsonElement> AskAsync(params string[] words)
    {
        var (exitCode, output, errors) = await TryAsync([.. words, "--json", "--yes"]);
        Assert.True(exitCode == 0, $"vantage {string.Join(' ', words)} ended with {exitCode}:\n{output}\n{errors}");
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>For commands that are expected to fail.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> TryAsync(params string[] words)
    {
        if (CanBeHere(words))
        {
            return await HereAsync(words);
        }

        await using var process = ChildProcess.Start(Programs.Vantage, words, Folder,
            environment: new Dictionary<string, string?>(Environment) { ["VANTAGE_HOME"] = home, ["NO_COLOR"] = "1", ["VANTAGE_WORKER"] = Worker });
        var exitCode = await process.ExitAsync(stop);
        return (exitCode, process.StandardOutput, process.StandardError);
    }

    /// <summary>
    /// Not what reads the environment, which everybody here shares; nor what is another program's, which the command becomes;
    /// nor what leaves programs behind.
    /// </summary>
    private bool CanBeHere(string[] words) => !IsProcess && Environment.Count == 0 && Folder is null
        && (Worker is null || words[0] != "keys") && words[0] is not ("sandbox" or "demo") && PassThrough.Of(words) is null;

    private async Task<(int ExitCode, string Output, string Errors)> HereAsync(string[] words)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var exitCode = await Command.RunAsync([.. words, "--home", home],
            new CliConsole(TextReader.Null, TextWriter.Synchronized(output), TextWriter.Synchronized(errors)), stop);
        return (exitCode, WithoutLastEnd(output), WithoutLastEnd(errors));
    }

    /// <summary>As the lines of a process are put together.</summary>
    private static string WithoutLastEnd(StringWriter text) => text.ToString() is [.. var lines, '\n'] ? lines : text.ToString();
}
