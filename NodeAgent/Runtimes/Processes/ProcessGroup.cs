using System.ComponentModel;
using System.Diagnostics;

namespace Vantage.NodeAgent.Runtimes.Processes;

/// <summary>
/// A process and all it started. On Linux these are the members of its session, and any process whose environment bears
/// the run's mark, so that leaving the session is no way out. Elsewhere they are its descendants.
/// </summary>
internal sealed class ProcessGroup(Process leader, string mark)
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    /// <summary>The system's program that starts another in a session of its own; null where there is none.</summary>
    public static string? Leader { get; } =
        OperatingSystem.IsLinux() ? new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists) : null;

    /// <summary>Of all of it.</summary>
    public long ResidentBytes() => OperatingSystem.IsLinux() && Leader is not null
        ? LinuxProcesses.All().Where(p => p.Session == leader.Id).Sum(p => p.ResidentBytes)
        : LeaderBytes();

    /// <summary>Of the first process alone.</summary>
    public long LeaderBytes()
    {
        if (OperatingSystem.IsLinux())
        {
            return LinuxProcesses.Find(leader.Id)?.ResidentBytes ?? 0;
        }

        try
        {
            leader.Refresh();
            return leader.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Asks it to end. False where the system has no way of asking.</summary>
    public bool Terminate()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        _ = LinuxProcesses.Kill(Leader is null ? leader.Id : -leader.Id, SigTerm);
        return true;
    }

    /// <summary>Ends all of it. Again and again until there is none, since what forks may outrun who looks.</summary>
    public void Kill()
    {
        try
        {
            leader.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended; its children may not have.
        }

        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        for (var round = 0; round < 100; round++)
        {
            var members = LinuxProcesses.All()
                .Where(p => !p.IsZombie && (p.Session == leader.Id || LinuxProcesses.HasMark(p.Id, ProcessMark.Variable, mark)))
                .ToList();
            if (members.Count == 0)
            {
                return;
            }

            members.ForEach(p => LinuxProcesses.Kill(p.Id, SigKill));
        }
    }
}
