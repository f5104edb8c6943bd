using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Trust;

/// <summary>
/// What a node's key files are under, where they are under anything: a secret that does not lie beside them. systemd hands it
/// over as the credential <c>vantage-node-keys</c>, or <c>keys/secret.path</c> names a file. Never a variable: its value is
/// shown to whoever may look at the process.
/// </summary>
internal static class NodeKeySecret
{
    public const string Credential = "vantage-node-keys";

    public static string PointerOf(NodeHome home) => Path.Combine(home.Keys, "secret.path");

    /// <summary>Null if the keys are in the clear. Throws <see cref="KeyFileException"/> for a secret that can't be read.</summary>
    public static string? Find(NodeHome home)
    {
        if (!File.Exists(PointerOf(home)))
        {
            return null;
        }

        var given = Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } folder
            && Path.Combine(folder, Credential) is var credential && File.Exists(credential)
                ? File.ReadAllText(credential)
                : KeyFile.Load(KeyFile.Load(PointerOf(home)).Trim());
        return given.Trim() is { Length: > 0 } secret
            ? secret
            : throw new KeyFileException($"The secret that {PointerOf(home)} names is empty.");
    }
}
