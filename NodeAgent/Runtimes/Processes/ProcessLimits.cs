using System.Runtime.InteropServices;

namespace Vantage.NodeAgent.Runtimes.Processes;

/// <summary>What the kernel is told about a process.</summary>
internal static partial class ProcessLimits
{
    private const int RlimitCore = 4;

    /// <summary>A core dump would put the data that a run had in memory on the disk, outside its directory.</summary>
    public static void ForbidCoreDumps(int process)
    {
        if (OperatingSystem.IsLinux())
        {
            var none = new Limit(0, 0);
            _ = SetLimit(process, RlimitCore, in none, nint.Zero);
        }
    }

    private readonly record struct Limit(ulong Soft, ulong Hard);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int SetLimit(int process, int resource, in Limit limit, nint old);
}
