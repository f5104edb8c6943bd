using System.Diagnostics;
using System.Globalization;

namespace Vantage.Cli.Sandboxes;

/// <summary>
/// A process that is recognised later: numbers are used again, after a restart of the machine at the latest, so that a
/// number goes together with when its process began.
/// </summary>
/// <param name="Id">The process id.</param>
/// <param name="Began">On Linux the machine's start and the process's ticks since then; elsewhere a time.</param>
internal sealed record ProcessMark(int Id, string Began)
{
    public static ProcessMark Mine => Of(Environment.ProcessId)!;

    /// <summary>Null if there is no such process.</summary>
    public static ProcessMark? Of(int id) => Beginning(id) is { } began ? new(id, began) : null;

    /// <summary>Whether this very process is still there, and not merely waiting for its parent to look.</summary>
    public bool Lives => Beginning(Id) == Began;

    private static string? Beginning(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxBeginning(id);
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? LinuxBeginning(int id)
    {
        try
        {
            // The name, in brackets, may hold anything; after it come the state and then the rest by place.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}+{fields[19]}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
