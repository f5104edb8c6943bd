using Vantage.Coordinator.Persistence.Embedded;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>A secret that an operator wrote into a file: one line, which nobody else on the machine can read.</summary>
internal static class SecretFile
{
    private const int Longest = 4096;

    /// <summary>Null if it can be used.</summary>
    public static string? Check(string path)
    {
        try
        {
            Read(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Read at each use, so that a secret that was replaced counts at once.</summary>
    public static string Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFiles.SecretFile | UnixFileMode.UserExecute)) != UnixFileMode.None)
            throw new IOException($"{path} can be read by others on this machine: chmod 600 it.");
        var secret = new FileInfo(path).Length <= Longest ? File.ReadAllText(path).Trim() : "";
        return secret.Length > 0 && secret.All(c => c is > ' ' and <= '~')
            ? secret
            : throw new IOException($"{path} has to hold the secret and nothing else: one line of printable characters.");
    }
}
