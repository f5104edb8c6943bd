using System.Globalization;

namespace Vantage.Cli.Sandboxes;

/// <summary>
/// Programs of a sandbox that its state does not name: the database server, which the Coordinator starts, a worker that
/// outlived its node, one that was started the moment before its starter was killed. They are known by the sandbox's
/// folder, which is nobody else's, in their command line.
/// </summary>
internal static class ProgramHunt
{
    private static readonly HashSet<string> Ours = new(StringComparer.Ordinal)
    {
        "Vantage.Coordinator", "Vantage.NodeAgent", "Vantage.Worker", "postgres", "initdb", "pg_ctl",
    };

    public static IReadOnlyList<ProcessMark> Find(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Postmaster(folder) is { } server ? [server] : [];
        }

        return [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && id != Environment.ProcessId && IsOf(folder, id))
            .Select(ProcessMark.Of).OfType<ProcessMark>()];
    }

    /// <summary>The database server, by its own file; null if it is not running.</summary>
    public static ProcessMark? Postmaster(string folder)
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(folder, "coordinator", "database", "cluster", "postmaster.pid"));
            return int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && (!OperatingSystem.IsLinux() || IsOf(folder, id)) ? ProcessMark.Of(id) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsOf(string folder, int id)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return Ours.Contains(Path.GetFileName(words[0]))
                && words.Any(word => word == folder || word.Contains(folder + "/", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
