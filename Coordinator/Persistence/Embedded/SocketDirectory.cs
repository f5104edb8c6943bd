using System.Security.Cryptography;
using System.Text;
using Vantage.Coordinator.Hosting;

namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>
/// The private directory of the server's socket. The system allows a socket's path about a hundred bytes, so a long data
/// directory gets a short one of its own in the temporary directory.
/// </summary>
internal static class SocketDirectory
{
    /// <summary>108 bytes on Linux, 104 on macOS, with the end mark.</summary>
    private const int LongestPath = 100;

    /// <summary>The server's own lock beside its socket, the longest name there.</summary>
    public const string LockName = ".s.PGSQL.5432.lock";

    public static string For(string database, string temporary)
    {
        var inside = Path.Combine(database, "run");
        if (Fits(inside))
            return inside;
        var name = $"vantage-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database)))[..16]}";
        var outside = Path.Combine(temporary, name);
        return Fits(outside) ? outside : Path.Combine("/tmp", name);
    }

    /// <summary>Whoever can write to the temporary directory may have been there first.</summary>
    public static void Create(string path, ServerAccount account)
    {
        if (new DirectoryInfo(path) is { Exists: true, LinkTarget: not null })
            throw NotOurs(path);
        try
        {
            UnixFiles.CreatePrivateDirectory(path, account);
        }
        catch (UnauthorizedAccessException)
        {
            throw NotOurs(path);
        }
    }

    private static bool Fits(string directory) => Encoding.UTF8.GetByteCount(Path.Combine(directory, LockName)) < LongestPath;

    private static StartRefusedException NotOurs(string path) => new(
        $"The embedded PostgreSQL needs the directory {path} for its socket, and it belongs to somebody else. Remove it, or "
        + "choose a data directory with a shorter path, which then holds the socket itself.");
}
