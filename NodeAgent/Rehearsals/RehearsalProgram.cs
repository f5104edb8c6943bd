using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>
/// Makes one executable of a program and the interpreter that its author uses: runs see the variables of a node, and with
/// them not the author's own PATH.
/// </summary>
internal static class RehearsalProgram
{
    public static string Of(string program, string? interpreter, string folder, bool isDebugged = false)
    {
        if (!File.Exists(program))
        {
            throw CommandFailure.Configuration($"There is no program at {program}.");
        }

        if (isDebugged)
        {
            return Launcher(folder, DebuggedProgram.Script(Path.GetFullPath(program), interpreter, folder));
        }

        if (interpreter is null)
        {
            return Path.GetFullPath(program);
        }

        if (OperatingSystem.IsWindows())
        {
            throw CommandFailure.Configuration(
                "The kits for Python and R speak over a Unix socket, which these languages don't have on Windows. Use WSL, or an image.");
        }

        return Launcher(folder, $"exec {Quote(interpreter)} {Quote(Path.GetFullPath(program))} \"$@\"\n");
    }

    /// <summary>What the program says of itself.</summary>
    public static async Task<AlgorithmManifest> ManifestAsync(string program, CancellationToken cancellationToken)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, ["manifest"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ProcessEnvironment.Fill(start, ProcessEnvironment.Common());
        using var process = System.Diagnostics.Process.Start(start) ?? throw CommandFailure.Configuration($"{program} can't be started.");
        var complaint = process.StandardError.ReadToEndAsync(cancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        try
        {
            return process.ExitCode == 0 && JsonSerializer.Deserialize(said, AlgorithmsJson.Default.AlgorithmManifest) is { V: AlgorithmManifest.CurrentVersion } manifest
                ? manifest
                : throw CommandFailure.Configuration($"The program does not say what it is ('manifest' ended with {process.ExitCode}): {(await complaint).Trim()}");
        }
        catch (JsonException e)
        {
            throw CommandFailure.Configuration($"What the program says of itself ('manifest') is no algorithm's manifest: {e.Message}", e);
        }
    }

    private static string Launcher(string folder, string script)
    {
        var launcher = Path.Combine(folder, "program");
        File.WriteAllText(launcher, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return launcher;
    }

    internal static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
