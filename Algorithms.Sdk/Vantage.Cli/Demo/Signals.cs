using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Vantage.Cli.Demo;

/// <summary>Asks a process to end as a service manager would. Windows knows no such request for a process without a window.</summary>
internal static partial class Signals
{
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

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
