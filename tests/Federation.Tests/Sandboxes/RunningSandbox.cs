using System.Text.Json;
using Federation.Tests.Processes;

namespace Federation.Tests.Sandboxes;

/// <summary>A sandbox that the real command made in a home of the test's own; whatever becomes of the test, it is taken away.</summary>
internal sealed class RunningSandbox(CancellationToken stop) : IAsyncDisposable
{
    private readonly TemporaryFolder temporary = new("sandbox-test");

    public string Folder => temporary.Path;

    public VantageCommand Command { get; private set; } = null!;

    /// <summary>What <c>up</c> said.</summary>
    public JsonElement Up { get; private set; }

    public string Work => Up.GetProperty("folder").GetString()!;

    public int Port => new Uri(Up.GetProperty("url").GetString()!).Port;

    public IEnumerable<int> Processes => Up.GetProperty("programs").EnumerateArray().Select(p => p.GetProperty("process").GetInt32());

    public void Open()
    {
        File.SetUnixFileMode(temporary.Path, (UnixFileMode)Convert.ToInt32("0711", 8));
        Command = new VantageCommand(temporary.Sub("home"), stop) { IsProcess = true };
    }

    public Task StartAsync(params string[] options) => StartUnderAsync("off", options);

    public async Task StartUnderAsync(string disclosure, params string[] options) =>
        Up = await Command.AskAsync(["sandbox", "up", "--disclosure", disclosure, "--port", $"{FreePort.Next()}", .. options]);

    /// <summary>Asks, and expects the answer or the failure as JSON.</summary>
    public async Task<(int ExitCode, string Said)> AskAsync(string algorithm, string arguments)
    {
        var (exitCode, output, errors) = await Command.TryAsync("task", "run", "--algorithm", algorithm, "--args", arguments, "--wait", "--json");
        return (exitCode, output + "\n" + errors);
    }

    /// <summary>Processes with the sandbox's folder in their command line.</summary>
    public IEnumerable<string> Left() => Directory.EnumerateDirectories("/proc")
        .Where(path => int.TryParse(Path.GetFileName(path), out _)).Select(Words)
        .Where(words => words.Contains(Work, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Command.TryAsync("sandbox", "down");
        temporary.Dispose();
    }

    private static string Words(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
