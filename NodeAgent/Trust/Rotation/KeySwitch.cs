using System.Globalization;
using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Trust.Rotation;

/// <summary>
/// Puts the next keys in the place of today's. Everything is written beside what is in use first; once the mark is there the
/// switch is decided, and whatever interrupts it, the next start finishes it.
/// </summary>
internal static class KeySwitch
{
    /// <summary>Keys for which certificates can be asked; those that were made before and are not certified yet stay.</summary>
    public static NodeKeys LoadOrCreateNext(NodeHome home)
    {
        var next = new KeyFolder(home.NextKeys);
        if (!next.HasKeys)
        {
            using var signing = SigningKey.Create();
            using var encryption = EncryptionKey.Create();
            next.Protect(new NodeKeys(signing, encryption), NodeKeySecret.Find(home));
        }

        return next.LoadKeys(NodeKeySecret.Find(home));
    }

    /// <summary>Null unless new keys wait to be certified.</summary>
    public static NodeKeys? FindNext(NodeHome home) => new KeyFolder(home.NextKeys) is { HasKeys: true } next
        ? next.LoadKeys(NodeKeySecret.Find(home))
        : null;

    /// <param name="home">The node's directory.</param>
    /// <param name="signing">PEM, of the next signing key: verified before.</param>
    /// <param name="encryption">PEM, of the next encryption key.</param>
    /// <param name="now">The instant from which today's keys are former ones.</param>
    public static void Switch(NodeHome home, string signing, string encryption, DateTimeOffset now)
    {
        var next = new KeyFolder(home.NextKeys);
        KeyFile.Save(next.SigningCertificate, signing);
        KeyFile.Save(next.EncryptionCertificate, encryption);
        KeyFile.Save(next.Complete, now.ToString("O", CultureInfo.InvariantCulture));
        Finish(home);
    }

    /// <summary>Ends a switch that was decided and interrupted; does nothing otherwise.</summary>
    public static void Finish(NodeHome home)
    {
        var next = new KeyFolder(home.NextKeys);
        if (!File.Exists(next.Complete))
        {
            return;
        }

        Retire(home, next);
        next.CopyTo(new KeyFolder(home.Keys));
        Directory.Delete(home.NextKeys, recursive: true);
    }

    private static void Retire(NodeHome home, KeyFolder next)
    {
        var today = new KeyFolder(home.Keys);
        var secret = NodeKeySecret.Find(home);
        using var signing = KeyFile.LoadSigningKey(today.SigningKey, secret);
        using var coming = KeyFile.LoadSigningKey(next.SigningKey, secret);
        var former = Path.Combine(home.FormerKeys, signing.KeyId.ToString());
        if (signing.KeyId == coming.KeyId || Directory.Exists(former))
        {
            // An interrupted switch had come as far as this.
            return;
        }

        var draft = new KeyFolder(former + ".new");
        today.CopyTo(draft);
        KeyFile.Save(FormerNodeKeys.RetiredIn(draft.Folder), File.ReadAllText(next.Complete));
        Directory.Move(draft.Folder, former);
    }
}
