using System.Diagnostics;
using System.Runtime.InteropServices;
using Vantage.Cli.CommandLine;
using Vantage.Client.Errors;

namespace Vantage.Cli.Programs;

/// <summary>
/// Starts another program in this one's place. On Unix this process becomes it, so that signals, terminal, process id
/// and exit code need no passing on and a supervisor that kills the one kills the other. Elsewhere a child does, and
/// its exit code is ours.
/// </summary>
internal static partial class ChildProgram
{
    /// <summary>Comes back with an exit code where the process could not be replaced.</summary>
    public static int Become(string program, IReadOnlyList<string> arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            return RunChild(program, arguments);
        }

        // execv wants the program's name first and a null last, which the marshaller takes for an ordinary null string.
        _ = Execute(program, [program, .. arguments, null]);
        throw new VantageException(ExitCodeOf.ProgramMissing,
            $"{program} can't be started: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.",
            "Is it built for this machine, and executable?");
    }

    private static int RunChild(string program, IReadOnlyList<string> arguments)
    {
        // Ctrl+C reaches the child by itself, since both share the console: here it only must not end us first.
        using var ignore = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var child = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })
            ?? throw new VantageException(ExitCodeOf.ProgramMissing, $"{program} can't be started.");
        child.WaitForExit();
        return child.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
