using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Custody;
using Vantage.Protocol.Identities;

namespace Vantage.Client.Home;

/// <summary>Backups of the keys in a home, and <c>keys/recovery.key</c>, with which lost ones come back.</summary>
public sealed partial class ClientHome
{
    private string RecoveryPath => Path.Combine(Keys, "recovery.key");

    /// <summary>The person's keys as a backup holds them, those of before included.</summary>
    public BackupContent ReadForBackup()
    {
        var (signing, encryption) = OpenUserKeys();
        using (signing)
        using (encryption)
        {
            var former = System.IO.Directory.Exists(FormerKeys)
                ? System.IO.Directory.EnumerateFiles(FormerKeys, "*.key").Order().Select(FormerPem)
                : [];
            return new BackupContent { V = 1, Signing = signing.ToPem(), Encryption = [encryption.ToPem(), .. former] };
        }
    }

    /// <summary>Signs a backup in the person's name.</summary>
    public string SignBackup(BackupStatement statement)
    {
        using var keys = UserKeys.Open(this);
        return KeyBackup.Sign(statement, keys.Signing, keys.Chain);
    }

    /// <summary>The identity in whose name <see cref="SignBackup"/> signs.</summary>
    public Identity BackupOwner() => ReadSigningCertificate().Identity;

    /// <summary>Makes the key to which custodians release their shares; where there is one it stays. The caller disposes it.</summary>
    public EncryptionKey MakeRecoveryKey()
    {
        if (!File.Exists(RecoveryPath))
        {
            using var key = EncryptionKey.Create();
            WriteKey(RecoveryPath, key.ToPem());
        }

        return OpenRecoveryKey();
    }

    /// <summary>The caller disposes it.</summary>
    public EncryptionKey OpenRecoveryKey() => File.Exists(RecoveryPath)
        ? OpenEncryptionKey(RecoveryPath)
        : throw new VantageException(ClientErrorCodes.KeyMissing, "Nothing is being recovered in this home.",
            "Begin with: vantage keys recover begin");

    /// <summary>The person's key that a custodian's share was wrapped for, today's or one of before.</summary>
    public EncryptionKey OpenCustodianKey(KeyId id) => OpenEncryptionKey(id) ?? throw new VantageException(
        ClientErrorCodes.KeyMissing, $"The share is for the key {id}, which is not in {Directory}.", "Use the home that the backup was made for.");

    /// <summary>
    /// Puts recovered keys in their place, or beside those in use: encryption keys then open what was sealed to them, and nothing
    /// is overwritten.
    /// </summary>
    public void Restore(BackupContent content)
    {
        var keys = content.Encryption.Select(pem => EncryptionKey.FromPem(pem)).ToList();
        try
        {
            if (!HasUserKeys && content.Signing is { } signing && keys is [var today, ..])
            {
                WriteKey(SigningKeyPath, signing);
                WriteKey(EncryptionKeyPath, today.ToPem());
            }

            foreach (var key in keys.Where(key => !HasEncryptionKey(key.KeyId)))
            {
                WriteKey(Path.Combine(FormerKeys, $"{key.KeyId}.key"), key.ToPem());
            }
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }

        File.Delete(RecoveryPath);
    }

    /// <summary>Puts a recovered root key in its place; refused unless it is the key of the root that is believed here.</summary>
    public void RestoreRoot(string pem, string passphrase)
    {
        using var key = SigningKey.FromPem(pem);
        if (key.KeyId != ReadRoot().KeyId)
        {
            throw new VantageException(ClientErrorCodes.CertificateUntrusted, "The recovered key is not that of the root in this home.");
        }

        if (HasRootKey)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"{RootKeyPath} is there already, and is not replaced.",
                "Move it away by hand first, if its passphrase is lost.");
        }

        Write(RootKeyPath, key.ToPem(passphrase));
    }

    private string FormerPem(string path)
    {
        using var key = OpenEncryptionKey(path);
        return key.ToPem();
    }
}
