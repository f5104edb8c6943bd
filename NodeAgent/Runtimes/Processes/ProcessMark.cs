using System.Globalization;

namespace Vantage.NodeAgent.Runtimes.Processes;

/// <summary>
/// What a running process leaves behind for a node that starts after this one was killed: its id, when it started, and
/// its Gateway's folder. The id alone would name another process after a while.
/// </summary>
internal sealed record ProcessMark(int Id, string Started, string SocketFolder)
{
    /// <summary>The variable that holds the run's directory in everything the run starts.</summary>
    public const string Variable = "VANTAGE_RUN";

    public const string FileName = "process";

    public static void Write(RuntimeJob job, int id) => File.WriteAllLines(
        Path.Combine(job.WorkDirectory, FileName), [id.ToString(CultureInfo.InvariantCulture), StartOf(id) ?? "", job.SocketFolder]);

    /// <summary>Null when there is none, or half of one.</summary>
    public static ProcessMark? Read(string workDirectory)
    {
        var path = Path.Combine(workDirectory, FileName);
        return File.Exists(path) && File.ReadAllLines(path) is [var id, var started, var socket]
            && int.TryParse(id, CultureInfo.InvariantCulture, out var number)
            ? new ProcessMark(number, started, socket)
            : null;
    }

    /// <summary>Whether the process of this mark, and not a later one of the same number, still runs.</summary>
    public bool IsRunning() => Started.Length > 0 && StartOf(Id) == Started;

    private static string? StartOf(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxProcesses.Find(id) is { IsZombie: false } seen ? $"{Boot} {seen.Started}" : null;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Boot { get; } =
        OperatingSystem.IsLinux() ? File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim() : "";
}
