using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Protocol;

/// <summary>An organization with a root, one person and one node, all certified.</summary>
internal sealed class Partner
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = Start.AddDays(100);
    public static readonly DateTimeOffset End = Start.AddYears(2);

    /// <param name="start">From when its certificates are valid, for tests of programs that look at the real clock.</param>
    public Partner(string name = "St. Mary's Hospital", OrganizationId? id = null, DateTimeOffset? start = null)
    {
        From = start ?? Start;
        Id = id ?? OrganizationId.New(TimeProvider.System);
        Root = Certificates.CreateRoot(Id, name, RootKey, From, From.AddYears(10));
        UserSigning = Certify(UserKey, Identity.Of(Id, User, CertificatePurpose.Signing));
        UserEncryption = Certify(UserEncryptionKey, Identity.Of(Id, User, CertificatePurpose.Encryption));
        NodeSigning = Certify(NodeKey, Identity.Of(Id, Node, CertificatePurpose.Signing));
        NodeEncryption = Certify(NodeEncryptionKey, Identity.Of(Id, Node, CertificatePurpose.Encryption));
    }

    public OrganizationId Id { get; }

    public DateTimeOffset From { get; }

    public UserId User { get; } = UserId.New(TimeProvider.System);

    public NodeId Node { get; } = NodeId.New(TimeProvider.System);

    public SigningKey RootKey { get; } = SigningKey.Create();

    public SigningKey UserKey { get; } = SigningKey.Create();

    public EncryptionKey UserEncryptionKey { get; } = EncryptionKey.Create();

    public SigningKey NodeKey { get; } = SigningKey.Create();

    public EncryptionKey NodeEncryptionKey { get; } = EncryptionKey.Create();

    public Certificate Root { get; }

    public Certificate UserSigning { get; }

    public Certificate UserEncryption { get; }

    public Certificate NodeSigning { get; }

    public Certificate NodeEncryption { get; }

    public CertificateChain UserChain => CertificateChain.Of(UserSigning, Root);

    public CertificateChain NodeChain => CertificateChain.Of(NodeSigning, Root);

    public ITrust Trust => new PinnedRoots([PinnedRoot.Of(Root)]);

    public Certificate Certify(SigningKey key, Identity identity, DateTimeOffset? notAfter = null) =>
        Certificates.Certify(KeyRequest.Create(key, identity), identity, "Dr. Ada Byrne", Root, RootKey, From, notAfter ?? From.AddYears(2));

    public Certificate Certify(EncryptionKey key, Identity identity, DateTimeOffset? notAfter = null) =>
        Certificates.Certify(KeyRequest.Create(key, identity), identity, "Dr. Ada Byrne", Root, RootKey, From, notAfter ?? From.AddYears(2));
}
