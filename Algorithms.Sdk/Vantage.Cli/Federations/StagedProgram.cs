using System.Diagnostics;
using System.Text.Json;
using Vantage.Client.Errors;

namespace Vantage.Cli.Federations;

/// <summary>
/// A Coordinator or a node as a process of its own. Its standard output says one line, when it is ready; its log goes
/// straight into a file, so that it can outlive this process.
/// </summary>
internal sealed class StagedProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The program becomes what comes after it, with the same process id. Where it is missing, the terminal's end is heard.</summary>
    private static readonly string[] OwnSession = File.Exists("/usr/bin/setsid") ? ["/usr/bin/setsid"] : [];
    private readonly Process process;
    private readonly string name;
    private readonly string log;
    private readonly TaskCompletionSource<JsonElement> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StagedProgram(Process process, string name, string log) => (this.process, this.name, this.log) = (process, name, log);

    public int Id => process.Id;

    /// <param name="program">The executable.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="log">File for what it says on standard error.</param>
    /// <param name="temporary">The folder that it takes for the system's temporary one.</param>
    public static StagedProgram Start(string program, IReadOnlyList<string> arguments, string log, string temporary)
    {
        // The shell only opens the files and becomes the program: nothing of the arguments is read as a command. In a
        // session of its own, the program hears nothing of the terminal's Ctrl+C or end.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true }
            : new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" </dev/null 2>>\"$0\"", log, .. OwnSession, program, .. arguments])
            { UseShellExecute = false };
        start.RedirectStandardOutput = true;
        start.Environment[OperatingSystem.IsWindows() ? "TMP" : "TMPDIR"] = temporary;
        var staged = new StagedProgram(new Process { StartInfo = start, EnableRaisingEvents = true }, Path.GetFileName(program), log);
        staged.process.OutputDataReceived += (_, line) => staged.Hear(line.Data);
        staged.process.Exited += (_, _) => staged.ready.TrySetException(staged.Failed("ended before it was ready"));
        staged.process.Start();
        staged.process.BeginOutputReadLine();
        if (OperatingSystem.IsWindows())
        {
            staged.process.ErrorDataReceived += (_, line) => File.AppendAllText(log, line.Data + "\n");
            staged.process.BeginErrorReadLine();
        }

        return staged;
    }

    /// <summary>The line of JSON with which it says that it is ready.</summary>
    public async Task<JsonElement> ReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ready.Task.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Failed($"was not ready within {Patience.TotalSeconds:0} seconds");
        }
    }

    /// <summary>Asks it to stop, and ends it if it does not.</summary>
    public async Task StopAsync()
    {
        if (process.HasExited)
        {
            return;
        }

        Signals.Terminate(process);
        try
        {
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(15));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => process.Dispose();

    private void Hear(string? line)
    {
        if (line?.StartsWith("{\"event\":\"ready\"", StringComparison.Ordinal) == true)
        {
            using var parsed = JsonDocument.Parse(line);
            ready.TrySetResult(parsed.RootElement.Clone());
        }
    }

    private VantageException Failed(string how) => new(LocalFederation.Failed,
        $"{name} {how}. It said:\n{Tail()}");

    private string Tail()
    {
        using var reader = new StreamReader(new FileStream(log, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite));
        var lines = reader.ReadToEnd().Trim().Split('\n');
        // What went well before is in the log, for whoever wants it.
        var told = lines.Where(line => !line.Contains(" info: ", StringComparison.Ordinal)).ToArray();
        return string.Join('\n', (told.Length > 0 ? told : lines).TakeLast(20));
    }
}
