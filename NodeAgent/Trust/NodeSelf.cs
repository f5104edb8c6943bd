using Vantage.NodeAgent.Trust.Rotation;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Trust;

/// <summary>Who this node is, with the keys that prove it.</summary>
internal sealed record NodeSelf(
    NodeId Node,
    OrganizationId Organization,
    string Name,
    SigningKey SigningKey,
    EncryptionKey EncryptionKey,
    CertificateChain Chain,
    Certificate EncryptionCertificate)
{
    public KeyId SigningKeyId => SigningKey.KeyId;

    public KeyId EncryptionKeyId => EncryptionKey.KeyId;

    /// <summary>Keys of before, to which something open may still be sealed.</summary>
    public IReadOnlyList<FormerNodeKeys> Former { get; init; } = [];

    /// <summary>Today's key pairs and those of before, the newest first.</summary>
    public IEnumerable<(SigningKey Signing, EncryptionKey Encryption)> Pairs =>
        Former.Select(keys => (keys.SigningKey, keys.EncryptionKey)).Prepend((SigningKey, EncryptionKey));

    /// <summary>The key to open something with; null if it was never this node's.</summary>
    public EncryptionKey? Opener(KeyId key) => Pairs.Select(pair => pair.Encryption).FirstOrDefault(own => own.KeyId == key);

    /// <summary>This node with the signing key that something was delegated to; null if it was never this node's.</summary>
    public NodeSelf? As(KeyId signing) => signing == SigningKeyId ? this
        : Former.FirstOrDefault(keys => keys.SigningKey.KeyId == signing) is { } former
            ? this with { SigningKey = former.SigningKey, Chain = former.Chain }
            : null;
}
