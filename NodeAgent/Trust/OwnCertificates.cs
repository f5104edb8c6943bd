using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Trust.Rotation;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.NodeAgent.Trust;

/// <summary>
/// The certificates that the organization's admin gave this node. They come by way of the Coordinator, so they count only
/// if the locally installed root issued them for exactly this node and these keys.
/// </summary>
internal static class OwnCertificates
{
    /// <summary>
    /// Null until there are any. They may have run out since they came: by signing in with its key the node gets the new
    /// ones.
    /// </summary>
    public static NodeSelf? Find(NodeHome home, NodeIdentity identity, NodeKeys keys, DateTimeOffset now)
    {
        if (!File.Exists(home.SigningCertificate) || !File.Exists(home.EncryptionCertificate))
        {
            return null;
        }

        var signing = Read(home.SigningCertificate);
        var encryption = Read(home.EncryptionCertificate);
        var end = signing.NotAfter < encryption.NotAfter ? signing.NotAfter : encryption.NotAfter;
        return Check(home, signing, encryption, identity, keys, now < end ? now : end);
    }

    /// <summary>Throws <see cref="CommandFailure"/> if they are not this node's.</summary>
    public static NodeSelf Accept(
        NodeHome home, NodeIdentity identity, NodeKeys keys, byte[] signing, byte[] encryption, DateTimeOffset now)
    {
        try
        {
            var (signer, opener) = (Certificate.Parse(signing), Certificate.Parse(encryption));
            var self = Check(home, signer, opener, identity, keys, now);
            Save(home.SigningCertificate, self.Chain.ToPem());
            Save(home.EncryptionCertificate, opener.ToPem());
            return self;
        }
        catch (TrustException e)
        {
            throw Untrusted(e.Message, e);
        }
    }

    /// <summary>
    /// As <see cref="Accept"/>, for keys that this node asked to be certified in the place of its own: from then on they are.
    /// </summary>
    public static NodeSelf Switch(
        NodeHome home, NodeIdentity identity, NodeKeys next, byte[] signing, byte[] encryption, DateTimeOffset now)
    {
        try
        {
            var (signer, opener) = (Certificate.Parse(signing), Certificate.Parse(encryption));
            Check(home, signer, opener, identity, next, now);
            KeySwitch.Switch(home, CertificateChain.Of(signer, OwnRoot.Load(home)).ToPem(), opener.ToPem(), now);
            return Check(home, signer, opener, identity, next, now);
        }
        catch (TrustException e)
        {
            throw Untrusted(e.Message, e);
        }
    }

    private static NodeSelf Check(
        NodeHome home, Certificate signing, Certificate encryption, NodeIdentity identity, NodeKeys keys, DateTimeOffset now)
    {
        var root = OwnRoot.Load(home);
        var trust = new PinnedRoots([PinnedRoot.Of(root)]);
        try
        {
            Certificates.Verify(signing, trust, now);
            Certificates.Verify(encryption, trust, now);
        }
        catch (CertificateException e)
        {
            throw Untrusted(e.Message, e);
        }

        Require(signing, Identity.Of(identity.Organization, identity.Node, CertificatePurpose.Signing), keys.Signing.KeyId);
        Require(encryption, Identity.Of(identity.Organization, identity.Node, CertificatePurpose.Encryption), keys.Encryption.KeyId);
        return new NodeSelf(identity.Node, identity.Organization, identity.Name, keys.Signing, keys.Encryption,
            CertificateChain.Of(signing, root), encryption)
        {
            Former = FormerNodeKeys.Load(home, root, now),
        };
    }

    private static void Require(Certificate certificate, Identity identity, KeyId key)
    {
        if (certificate.Identity != identity || certificate.KeyId != key)
        {
            throw Untrusted($"It is {certificate.Identity} with key {certificate.KeyId}, and this node is {identity} with key {key}.");
        }
    }

    private static CommandFailure Untrusted(string why, Exception? inner = null) => new(
        ExitCodes.Untrusted,
        $"This node's certificate does not fit. {why} Ask your organization's admin to certify this node's requests with the root "
        + "that is installed here.",
        inner);

    private static Certificate Read(string path)
    {
        try
        {
            return Certificate.FromPem(File.ReadAllText(path));
        }
        catch (Exception e) when (e is TrustException or FormatException)
        {
            throw CommandFailure.Configuration($"{path} is damaged: {e.Message} Restore it.", e);
        }
    }

    private static void Save(string path, string pem)
    {
        File.WriteAllText(path + ".new", pem);
        File.Move(path + ".new", path, overwrite: true);
    }
}
