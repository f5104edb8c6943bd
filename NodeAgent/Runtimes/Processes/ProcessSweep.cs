using System.Diagnostics;
using Vantage.NodeAgent.Gateway;

namespace Vantage.NodeAgent.Runtimes.Processes;

/// <summary>Ends what an earlier life of this node left running below its working folder, and nothing else.</summary>
internal static class ProcessSweep
{
    private const int SigKill = 9;

    public static void Sweep(string workRoot)
    {
        if (!Directory.Exists(workRoot))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(workRoot))
        {
            if (ProcessMark.Read(folder) is { } mark)
            {
                Sweep(folder, mark);
            }
        }

        if (OperatingSystem.IsLinux())
        {
            // Also whatever was started in the instant before its mark was written, or left its session.
            var below = Path.TrimEndingDirectorySeparator(workRoot) + "/";
            foreach (var process in LinuxProcesses.All().Where(p => LinuxProcesses.HasMark(p.Id, ProcessMark.Variable, below)))
            {
                _ = LinuxProcesses.Kill(process.Id, SigKill);
            }
        }
    }

    private static void Sweep(string folder, ProcessMark mark)
    {
        if (mark.IsRunning())
        {
            try
            {
                using var process = Process.GetProcessById(mark.Id);
                new ProcessGroup(process, folder).Kill();
            }
            catch (ArgumentException)
            {
                // It ended between the two looks.
            }
        }

        RunSocket.RemoveLeft(mark.SocketFolder);
    }
}
