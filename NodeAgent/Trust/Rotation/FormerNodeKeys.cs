using System.Globalization;
using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Trust.Rotation;

/// <summary>A pair of keys that was in use before. What was sealed or delegated to it is still opened and answered by it.</summary>
internal sealed record FormerNodeKeys(
    SigningKey SigningKey, EncryptionKey EncryptionKey, CertificateChain Chain, Certificate EncryptionCertificate)
{
    /// <summary>No question that was sealed before the switch can be open any more.</summary>
    private static readonly TimeSpan Kept = ManifestRules.LongestLife;

    public static string RetiredIn(string folder) => Path.Combine(folder, "retired");

    /// <summary>Those that something open may still be sealed to; older ones are removed.</summary>
    public static IReadOnlyList<FormerNodeKeys> Load(NodeHome home, Certificate root, DateTimeOffset now)
    {
        var found = new List<FormerNodeKeys>();
        if (!Directory.Exists(home.FormerKeys))
        {
            return found;
        }

        foreach (var folder in Directory.EnumerateDirectories(home.FormerKeys).Where(f => !f.EndsWith(".new", StringComparison.Ordinal)).Order())
        {
            if (RetiredAt(folder) is { } at && at + Kept < now)
            {
                Directory.Delete(folder, recursive: true);
            }
            else if (Read(new KeyFolder(folder), root, NodeKeySecret.Find(home)) is { } keys)
            {
                found.Add(keys);
            }
        }

        return found;
    }

    private static DateTimeOffset? RetiredAt(string folder) =>
        File.Exists(RetiredIn(folder)) && DateTimeOffset.TryParse(KeyFile.Load(RetiredIn(folder)), CultureInfo.InvariantCulture, out var at)
            ? at : null;

    /// <summary>Null for keys by a root that is not the own any more: nobody could believe them.</summary>
    private static FormerNodeKeys? Read(KeyFolder folder, Certificate root, string? secret)
    {
        var keys = folder.LoadKeys(secret);
        try
        {
            return new FormerNodeKeys(keys.Signing, keys.Encryption,
                CertificateChain.Of(Certificate.FromPem(File.ReadAllText(folder.SigningCertificate)), root),
                Certificate.FromPem(File.ReadAllText(folder.EncryptionCertificate)));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
