using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Client.Home;

/// <summary>
/// <c>keys/next</c>: a person's keys that wait to be certified. Those in use go on until then; the encryption key among them
/// stays in the home for good, since older results are sealed to it.
/// </summary>
public sealed partial class ClientHome
{
    private string NextKeys => Path.Combine(Keys, "next");

    private string NextSigningPath => Path.Combine(NextKeys, "signing.key");

    private string NextEncryptionPath => Path.Combine(NextKeys, "encryption.key");

    /// <summary>New keys wait to be certified.</summary>
    public bool HasNextKeys => File.Exists(NextSigningPath) && File.Exists(NextEncryptionPath);

    /// <summary>Makes new keys beside those in use; where some wait already, they stay.</summary>
    public void MakeNextKeys()
    {
        if (HasNextKeys)
        {
            return;
        }

        using var signing = SigningKey.Create();
        using var encryption = EncryptionKey.Create();
        WriteKey(NextSigningPath, signing.ToPem());
        WriteKey(NextEncryptionPath, encryption.ToPem());
    }

    /// <summary>The caller disposes them.</summary>
    public (SigningKey Signing, EncryptionKey Encryption) OpenNextKeys() => HasNextKeys
        ? (OpenSigningKey(NextSigningPath),
            OpenEncryptionKey(NextEncryptionPath))
        : throw new VantageException(ClientErrorCodes.KeyMissing, $"{NextKeys} holds no keys.", "Make them: vantage keys rotate");

    /// <summary>
    /// Changes over to the new keys if these are their certificates; false if they are not. Whatever interrupts it, the next
    /// call goes on.
    /// </summary>
    public bool SwitchKeys(Certificate signing, Certificate encryption)
    {
        if (!HasNextKeys)
        {
            return false;
        }

        var (nextSigning, nextEncryption) = OpenNextKeys();
        using (nextSigning)
        using (nextEncryption)
        {
            if (signing.KeyId != nextSigning.KeyId || encryption.KeyId != nextEncryption.KeyId)
            {
                return false;
            }

            // Before anything is given up: they are by the own organization's root.
            _ = Failures.Translate(() => Certificates.Verify(signing, new PinnedRoots([PinnedRoot.Of(ReadRoot())]), signing.NotBefore));
            WriteUserKeys(nextSigning, nextEncryption);
            WriteUserCertificates(signing, encryption);
        }

        System.IO.Directory.Delete(NextKeys, recursive: true);
        return true;
    }
}
