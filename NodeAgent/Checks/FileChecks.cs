using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.LocalConsole;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Identities;

namespace Vantage.NodeAgent.Checks;

/// <summary>What lies in the node's directory, and who else could read it.</summary>
internal static class FileChecks
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static (NodeSettings? Settings, CheckLine Line) Settings(NodeHome home)
    {
        NodeSettings? settings = null;
        var line = NodeChecks.Try("settings", "Mend the lines named.", () =>
        {
            settings = NodeSettings.Load(home);
            ControlSocket.RequireShortPath(home);
            return CheckLine.Ok("settings", $"{home.Settings} is understood; Coordinator {settings.Coordinator}");
        });
        return (settings, line);
    }

    public static IEnumerable<CheckLine> Run(NodeHome home)
    {
        yield return NodeChecks.Try("keys", "Run 'vantage node setup', or restore the keys folder from a backup.", () =>
        {
            var keys = NodeKeys.Load(home);
            return CheckLine.Ok("keys", $"fingerprint {Fingerprint.Of(keys.Signing.KeyId, keys.Encryption.KeyId)}");
        });
        yield return NodeChecks.Try("enrolment", "Run: vantage node setup --url URL --code CODE --dir DIR", () =>
            NodeIdentity.Find(home) is { } identity
                ? CheckLine.Ok("enrolment", $"{identity.Name} ({identity.Node}) of {identity.Organization}")
                : CheckLine.Failed("enrolment", "This node has not been enrolled.", "Run: vantage node setup --url URL --code CODE --dir DIR"));
        yield return NodeChecks.Try("modes", "Only the node's own account may read and write there.", () => Modes(home));
    }

    private static CheckLine Modes(NodeHome home)
    {
        if (OperatingSystem.IsWindows())
        {
            return CheckLine.Ok("modes", "left to Windows' own permissions");
        }

        // The keys check their own modes when they are loaded; these folders hold what is as private.
        var open = new[] { home.Keys, home.State }.Where(Directory.Exists).FirstOrDefault(IsOpen);
        return open is null
            ? CheckLine.Ok("modes", "keys and state are closed to other accounts")
            : CheckLine.Failed("modes", $"{open} is open to other accounts of this machine.", $"Close it with: chmod 700 '{open}'");
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool IsOpen(string folder) => (File.GetUnixFileMode(folder) & Others) != UnixFileMode.None;
}
