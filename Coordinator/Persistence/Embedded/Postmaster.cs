using System.Diagnostics;
using System.Globalization;

namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>The server's first process, as its own lock files name it: one lies in the cluster, one beside the socket.</summary>
internal static class Postmaster
{
    public static bool IsAlive(string cluster) => HoldsLock(ClusterLock(cluster));

    /// <summary>
    /// Removes the lock files of a server that died, where the server itself would take the dead process for a living one: who
    /// collects the dead may be slow, or (process 1 of a plain container) never do it.
    /// </summary>
    public static void ForgetDead(string cluster, string socketDirectory)
    {
        foreach (var file in new[] { ClusterLock(cluster), Path.Combine(socketDirectory, SocketDirectory.LockName) })
        {
            if (!HoldsLock(file))
            {
                File.Delete(file);
            }
        }
    }

    private static string ClusterLock(string cluster) => Path.Combine(cluster, "postmaster.pid");

    private static bool HoldsLock(string file) => IdIn(file) is { } id && Exists(id);

    private static int? IdIn(string lockFile)
    {
        try
        {
            return int.TryParse(File.ReadLines(lockFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool Exists(int id)
    {
        if (OperatingSystem.IsLinux())
        {
            // "id (name) state …"; the name may hold anything, a parenthesis too.
            var stat = $"/proc/{id}/stat";
            return File.Exists(stat) && File.ReadAllText(stat) is var text && text.AsSpan(text.LastIndexOf(')') + 2)[0] is not ('Z' or 'X');
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
