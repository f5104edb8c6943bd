using System.Text;

namespace Vantage.Cli.Sandboxes;

/// <summary>
/// Where a sandbox's programs work. Under the home if they can: as root they cannot, since PostgreSQL then runs as an
/// account that must get through to it; nor under a deep home, since a socket's path has room for about a hundred bytes.
/// </summary>
internal static class SandboxFolder
{
    /// <summary>What is left of a socket's path after <c>coordinator/database/run/.s.PGSQL.5432.lock</c> and the like.</summary>
    private const int LongestPath = 50;

    public static string Make(string under) =>
        !OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess && Encoding.UTF8.GetByteCount(under) + 4 <= LongestPath
            ? Directory.CreateDirectory(Path.Combine(under, "run")).FullName
            : Directory.CreateTempSubdirectory("vantage-sandbox-").FullName;
}
