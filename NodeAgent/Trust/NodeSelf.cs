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
}
