using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Client.Home;

/// <summary>
/// <c>keys/</c>: <c>root.crt</c> is the organization's root, which everything here is trusted by; its key
/// <c>root.key</c> lies at its admin's only, always under a passphrase. <c>signing</c> and <c>encryption</c> are the
/// person's own.
/// </summary>
public sealed partial class ClientHome
{
    private string Keys => Path.Combine(Directory, "keys");

    private string RootKeyPath => Path.Combine(Keys, "root.key");

    private string RootPath => Path.Combine(Keys, "root.crt");

    private string SigningKeyPath => Path.Combine(Keys, "signing.key");

    private string SigningPath => Path.Combine(Keys, "signing.crt");

    private string EncryptionKeyPath => Path.Combine(Keys, "encryption.key");

    private string EncryptionPath => Path.Combine(Keys, "encryption.crt");

    /// <summary>Where encryption keys stay after a change of keys: older results are sealed to them.</summary>
    private string FormerKeys => Path.Combine(Keys, "former");

    /// <summary>This is an admin's home: it can certify.</summary>
    public bool HasRootKey => File.Exists(RootKeyPath);

    /// <summary>Whether the organization's root certificate is there.</summary>
    public bool HasRoot => File.Exists(RootPath);

    /// <summary>Whether the person's two keys are there.</summary>
    public bool HasUserKeys => File.Exists(SigningKeyPath) && File.Exists(EncryptionKeyPath);

    /// <summary>Whether the person's two certificates are there.</summary>
    public bool HasUserCertificates => File.Exists(SigningPath) && File.Exists(EncryptionPath);

    /// <summary>Keeps a new root. The passphrase protects the key wherever a backup of this folder goes.</summary>
    public void WriteRoot(Certificate root, SigningKey key, string passphrase)
    {
        if (HasRootKey || HasRoot)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"{Keys} holds a root already.",
                "A new root would strand everyone who pinned the old one. For another organization use another home "
                + "(--home).");
        }

        Write(RootPath, root.ToPem());
        Write(RootKeyPath, key.ToPem(passphrase));
    }

    /// <summary>The organization's root certificate; throws when nobody has installed it yet.</summary>
    public Certificate ReadRoot() => ReadCertificate(RootPath,
        "Make your organization's with 'vantage keys init' (its admin), or install the one that your admin gave you "
        + "with "
        + "'vantage keys install'.");

    /// <summary>The caller disposes the key.</summary>
    public SigningKey OpenRootKey(string passphrase) => HasRootKey
        ? Open(() => KeyFile.LoadSigningKey(RootKeyPath, passphrase), RootKeyPath)
        : throw new VantageException(ClientErrorCodes.KeyMissing,
        $"{Keys} holds no root key, so that it can't certify or pin.",
            "Use the home in which 'vantage keys init' was run.");

    /// <summary>
    /// Makes a person's signing and encryption keys. Those that were there are kept if they are of use: an encryption
    /// key opens what was sealed to it before.
    /// </summary>
    public void WriteUserKeys(SigningKey signing, EncryptionKey encryption)
    {
        if (File.Exists(EncryptionKeyPath))
        {
            using var old = OpenEncryptionKey(EncryptionKeyPath);
            WriteKey(Path.Combine(FormerKeys, $"{old.KeyId}.key"), old.ToPem());
        }

        // Certificates of the old keys must not stand beside the new ones, not even after a crash in between.
        foreach (var certificate in new[] { SigningPath, EncryptionPath }.Where(File.Exists))
        {
            File.Delete(certificate);
        }

        WriteKey(SigningKeyPath, signing.ToPem());
        WriteKey(EncryptionKeyPath, encryption.ToPem());
    }

    /// <summary>The caller disposes them.</summary>
    public (SigningKey Signing, EncryptionKey Encryption) OpenUserKeys() => HasUserKeys
        ? (OpenSigningKey(SigningKeyPath),
            OpenEncryptionKey(EncryptionKeyPath))
        : throw new VantageException(ClientErrorCodes.KeyMissing, $"{Keys} holds no keys of yours.",
            "Make them with 'vantage keys request', and let your organization's admin certify them.");

    /// <summary>Keeps certificates if they are of this home's own keys and by its organization's root.</summary>
    public void WriteUserCertificates(Certificate signing, Certificate encryption)
    {
        using var keys = UserKeys.Check(this, signing, encryption);
        Write(SigningPath, signing.ToPem());
        Write(EncryptionPath, encryption.ToPem());
    }

    internal Certificate ReadSigningCertificate() => ReadCertificate(SigningPath, NotCertified);

    internal Certificate ReadEncryptionCertificate() => ReadCertificate(EncryptionPath, NotCertified);

    /// <summary>Whether this home opens what is sealed to a key: today's, or an earlier one.</summary>
    internal bool HasEncryptionKey(KeyId id)
    {
        using var key = OpenEncryptionKey(id);
        return key is not null;
    }

    /// <summary>A key of this person to open results with, today's or an earlier one; null if it is not here.</summary>
    internal EncryptionKey? OpenEncryptionKey(KeyId id)
    {
        if (File.Exists(EncryptionKeyPath))
        {
            var today = OpenEncryptionKey(EncryptionKeyPath);
            if (today.KeyId == id)
            {
                return today;
            }

            today.Dispose();
        }

        return Path.Combine(FormerKeys, $"{id}.key") is var path && File.Exists(path)
            ? OpenEncryptionKey(path)
            : null;
    }

    private const string NotCertified =
        "Your organization's admin certifies your keys ('vantage keys certify'); then run 'vantage keys install'.";

    private Certificate ReadCertificate(string path, string next)
    {
        if (!File.Exists(path))
        {
            throw new VantageException(ClientErrorCodes.KeyMissing, $"There is no certificate {path}.", next);
        }

        try
        {
            return remembered.Certificate(path, File.ReadAllText(path));
        }
        catch (CertificateException e)
        {
            throw new VantageException(ClientErrorCodes.CertificateUntrusted, $"{path}: {e.Message}", next, e);
        }
    }

    private static T Open<T>(Func<T> load, string path)
    {
        try
        {
            return load();
        }
        catch (KeyFileException e)
        {
            throw new VantageException(ClientErrorCodes.KeyUnusable, e.Message, null, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VantageException(ClientErrorCodes.KeyUnusable, $"The key file {path} can't be read: {e.Message}",
                null, e);
        }
    }
}
