using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.NodeAgent.Trust;

/// <summary>The node's two private keys. They are made here and never leave.</summary>
internal sealed record NodeKeys(SigningKey Signing, EncryptionKey Encryption)
{
    public static NodeKeys Load(NodeHome home)
    {
        try
        {
            var secret = NodeKeySecret.Find(home);
            return new NodeKeys(KeyFile.LoadSigningKey(home.SigningKey, secret), KeyFile.LoadEncryptionKey(home.EncryptionKey, secret));
        }
        catch (KeyFileException e)
        {
            throw CommandFailure.Configuration(
                e.Message.Replace("'vantage keys init' makes one; check --home or --dir.",
                    "'vantage node setup' makes one; check --dir.", StringComparison.Ordinal), e);
        }
    }

    /// <summary>Makes what is missing; a key that is there stays, whatever happens.</summary>
    public static NodeKeys LoadOrCreate(NodeHome home)
    {
        if (!File.Exists(home.SigningKey))
        {
            using var key = SigningKey.Create();
            KeyFile.Save(home.SigningKey, key);
        }

        if (!File.Exists(home.EncryptionKey))
        {
            using var key = EncryptionKey.Create();
            KeyFile.Save(home.EncryptionKey, key);
        }

        return Load(home);
    }

    public KeyRequest SigningRequest() => KeyRequest.Create(Signing);

    public KeyRequest EncryptionRequest() => KeyRequest.Create(Encryption);
}
