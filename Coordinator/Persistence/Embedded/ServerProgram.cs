using System.ComponentModel;
using System.Diagnostics;
using Vantage.Coordinator.Hosting;

namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>Runs PostgreSQL's programs as the server's account, and hears what they have to say.</summary>
internal sealed class ServerProgram(string programs, ServerAccount account)
{
    public string PathOf(string program) =>
        Path.Combine(programs, "bin", OperatingSystem.IsWindows() ? program + ".exe" : program);

    public async Task RequireAsync(string program, IEnumerable<string> arguments, string purpose, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await RunAsync(PathOf(program), arguments, cancellationToken);
        if (exitCode != 0)
        {
            throw new StartRefusedException($"The embedded PostgreSQL could not {purpose} ({program} ended with {exitCode}):\n{output.Trim()}");
        }
    }

    public async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments,
        CancellationToken cancellationToken)
    {
        var (file, list) = account.Command(program, arguments);
        var start = new ProcessStartInfo(file, list)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetPathRoot(Path.GetFullPath(programs)),
        };
        // A caller's PG* variables would quietly change what initdb and pg_ctl do, LC_* the language we may have to show.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception e)
        {
            throw new StartRefusedException(
                account.MustSwitch
                    ? "The embedded PostgreSQL refuses to run as root, and 'setpriv', which would run it as "
                      + $"'{account.Name}', can't be started: {e.Message}. Install util-linux, or start the Coordinator as an ordinary user."
                    : $"The embedded PostgreSQL's {program} can't be started: {e.Message}.", inner: e);
        }
    }
}
