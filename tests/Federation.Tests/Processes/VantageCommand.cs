using System.Text.Json;
using Vantage.Cli.CommandLine;

namespace Federation.Tests.Processes;

/// <summary>The <c>vantage</c> command as one person types it, each time a process of its own.</summary>
internal sealed class VantageCommand(string home, CancellationToken stop)
{
    public string Home => home;

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

    /// <summary>
    /// The same command in this process, which costs a hundredth: for what a test only starts from, and others are about.
    /// </summary>
    public async Task<string> PrepareAsync(params string[] words)
    {
        if (Worker is not null || Environment.Count > 0)
        {
            return await TypeAsync(words);
        }

        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var exitCode = await global::Vantage.Cli.CommandLine.VantageCommand.RunAsync(
            [.. words, "--home", home, "--quiet", "--yes"], new CliConsole(TextReader.Null, output, errors), stop);
        Assert.True(exitCode == 0, $"vantage {string.Join(' ', words)} ended with {exitCode}:\n{output}\n{errors}");
        return output.ToString().Trim();
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
        await using var process = ChildProcess.Start(Programs.Vantage, words, Folder,
            environment: new Dictionary<string, string?>(Environment) { ["VANTAGE_HOME"] = home, ["NO_COLOR"] = "1", ["VANTAGE_WORKER"] = Worker });
        var exitCode = await process.ExitAsync(stop);
        return (exitCode, process.StandardOutput, process.StandardError);
    }
}
