using System.Diagnostics;
using System.Globalization;

namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>The server's first process, as its own lock file names it.</summary>
internal static class Postmaster
{
    public static bool IsAlive(string cluster) => IdOf(cluster) is { } id && Exists(id);

    /// <summary>
    /// Removes the lock file of a server that died, where the server itself would take the dead process for a living one: who
    /// collects the dead may be slow, or (process 1 of a plain container) never do it.
    /// </summary>
    public static void ForgetDead(string cluster)
    {
        if (!IsAlive(cluster))
        {
            File.Delete(LockFile(cluster));
        }
    }

    private static string LockFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    private static int? IdOf(string cluster)
    {
        try
        {
            return int.TryParse(File.ReadLines(LockFile(cluster)).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) ? id : null;
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
