using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Vantage.Cli.Federations;

/// <summary>Asks a process to end as a service manager would. Windows knows no such request for a process without a window.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int End = 9;
    private const int Term = 15;

    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else
        {
            _ = Kill(process.Id, Term);
        }
    }

    /// <summary>For a process that is no child of this one. Whoever calls has made sure whose it is.</summary>
    public static void Send(int process, int signal = Term)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(process, signal);
            return;
        }

        try
        {
            using var other = Process.GetProcessById(process);
            other.Kill(entireProcessTree: true);
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
