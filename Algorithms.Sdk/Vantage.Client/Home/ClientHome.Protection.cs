using System.Collections.Concurrent;
using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;

namespace Vantage.Client.Home;

/// <summary>
/// The person's own keys under a passphrase, once they asked for it (<c>keys/protected</c> says so): then every key file of
/// theirs is, those that are made later too. The root's key is under one of its own, always.
/// </summary>
public sealed partial class ClientHome
{
    /// <summary>What was opened by this process, so that the passphrase's slow function runs once for each key.</summary>
    private readonly ConcurrentDictionary<string, string> opened = new(StringComparer.Ordinal);

    private string? passphrase;

    /// <summary>Where the passphrase comes from, asked once and only when it is needed.</summary>
    public Func<string>? Passphrase { get; set; }

    /// <summary>The person's keys are under a passphrase.</summary>
    public bool IsProtected => File.Exists(ProtectedPath);

    private string ProtectedPath => Path.Combine(Keys, "protected");

    private IEnumerable<string> OwnKeyFiles =>
    [
        .. new[] { SigningKeyPath, EncryptionKeyPath, NextSigningPath, NextEncryptionPath, RevokerKeyPath, RecoveryPath }.Where(File.Exists),
        .. System.IO.Directory.Exists(FormerKeys) ? System.IO.Directory.EnumerateFiles(FormerKeys, "*.key") : [],
    ];

    /// <summary>Puts every key of the person's under a passphrase, or under none (null). What is interrupted can be repeated.</summary>
    public void Protect(string? chosen)
    {
        var keys = OwnKeyFiles.Select(path => (Path: path, Pem: Opened(path))).ToList();
        if (chosen is not null)
        {
            Write(ProtectedPath, "");
        }

        passphrase = chosen;
        foreach (var (path, pem) in keys)
        {
            Write(path, chosen is null ? pem : Encrypted(pem, chosen));
        }

        if (chosen is null)
        {
            File.Delete(ProtectedPath);
        }
    }

    private SigningKey OpenSigningKey(string path) => Open(() => SigningKey.FromPem(Opened(path)), path);

    private EncryptionKey OpenEncryptionKey(string path) => Open(() => EncryptionKey.FromPem(Opened(path)), path);

    private void WriteKey(string path, string pem)
    {
        Write(path, IsProtected ? Encrypted(pem, Ask(path)) : pem);
        opened.TryRemove(path, out _);
    }

    /// <summary>A key file's key in the clear, in this process's memory only.</summary>
    private string Opened(string path) => opened.TryGetValue(path, out var known) ? known
        : KeyFile.IsEncrypted(path) ? opened[path] = Decrypted(path)
        : KeyFile.Load(path);

    private string Decrypted(string path)
    {
        try
        {
            // Which of the two kinds it is makes no difference to the numbers of a key.
            using var key = KeyFile.LoadSigningKey(path, Ask(path));
            return key.ToPem();
        }
        catch (KeyFileException)
        {
            passphrase = null;
            throw;
        }
    }

    private static string Encrypted(string pem, string with)
    {
        using var key = SigningKey.FromPem(pem);
        return key.ToPem(with);
    }

    private string Ask(string path) => passphrase ??= Passphrase?.Invoke() ?? throw new VantageException(ClientErrorCodes.KeyUnusable,
        $"{path} is under a passphrase, and nobody can be asked for it.",
        "Name a file that holds it (mode 0600) in VANTAGE_PASSPHRASE_FILE, or take the passphrase off: vantage keys protect --remove.");
}
