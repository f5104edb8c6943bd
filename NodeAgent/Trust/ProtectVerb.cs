using System.Buffers.Text;
using System.Security.Cryptography;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Trust.Rotation;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Trust;

/// <summary>
/// <c>keys protect</c>: puts the node's key files under a secret that lies elsewhere, so that a copy of the node's directory, or
/// a backup of it, opens nothing.
/// </summary>
internal static class ProtectVerb
{
    public static NodeVerb Verb { get; } = new("keys protect", "Put the node's key files under a secret that lies elsewhere.",
    [
        new("--secret-file", "FILE", "The secret, outside of the node's directory; made if there is none.", Required: true),
    ], Run);

    private static Task<int> Run(VerbCall call, CancellationToken cancellationToken)
    {
        var home = call.Home;
        var file = Path.GetFullPath(call.Required("--secret-file"));
        if (file.StartsWith(home.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw CommandFailure.Usage($"{file} lies in the node's directory: whoever copies that has the keys and the secret.");
        }

        try
        {
            Protect(home, file);
        }
        catch (KeyFileException e)
        {
            throw CommandFailure.Configuration(e.Message, e);
        }

        call.Answer(new ProtectedKeys(home.Keys, file), VerbJson.Default.ProtectedKeys, text => text.WriteLine(
            $"The keys in {home.Keys} are under the secret in {file}. Keep it out of the backups that hold the node's directory. With "
            + $"systemd, hand it over as a credential ({NodeKeySecret.Credential}) and remove the file: docs/keys.md."));
        return Task.FromResult(ExitCodes.Ok);
    }

    private static void Protect(NodeHome home, string file)
    {
        var before = NodeKeySecret.Find(home);
        KeyFolder[] folders =
        [
            .. new[] { home.Keys, home.NextKeys }.Concat(Directory.Exists(home.FormerKeys) ? Directory.EnumerateDirectories(home.FormerKeys) : [])
                .Select(folder => new KeyFolder(folder)).Where(folder => folder.HasKeys),
        ];
        var keys = folders.Select(folder => (folder, Keys: folder.LoadKeys(before))).ToList();
        if (!File.Exists(file))
        {
            KeyFile.Save(file, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) + "\n");
        }

        var secret = KeyFile.Load(file).Trim();
        // Keys in the clear are read with a secret at hand as well: so the pointer comes first, and a repeated call ends it.
        KeyFile.Save(NodeKeySecret.PointerOf(home), file + "\n");
        foreach (var (folder, pair) in keys)
        {
            folder.Protect(pair, secret);
        }
    }
}

internal sealed record ProtectedKeys(string Keys, string SecretFile);
