using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>
/// The keys that a delegation lists, as certificates: the Coordinator hands them out, this node's own pins vouch for them,
/// and the signed delegation says which of them are meant. Pure.
/// </summary>
internal static class PeerKeys
{
    /// <exception cref="SubtaskRefusal">One of them is missing, or not believed.</exception>
    public static IReadOnlyList<SealableSite> Of(
        IReadOnlyList<SubtaskSite> sites, Collaboration collaboration, ITrust trust, DateTimeOffset now) =>
        [.. sites.Select(site => new SealableSite(site, Of(site, collaboration, trust, now)))];

    private static EncryptionPublicKey Of(SubtaskSite site, Collaboration collaboration, ITrust trust, DateTimeOffset now)
    {
        var node = collaboration.Members.Where(member => member.Organization == site.Target.Organization)
            .SelectMany(member => member.Nodes).FirstOrDefault(node => node.Id == site.Target.Node);
        if (Certified(node, site) is not { } der)
        {
            throw Untrusted(site, "the Coordinator knows no certified node by that id.");
        }

        try
        {
            var identity = Certificates.Verify(der, trust, now).For(CertificatePurpose.Encryption);
            return identity.Organization == site.Target.Organization && identity.Principal == new Principal.Node(site.Target.Node)
                && identity.KeyId == site.Target.EncryptionKey
                ? identity.Certificate.EncryptionKey
                : throw Untrusted(site, $"its certificate is that of {identity.Identity} with key {identity.KeyId}, and the task "
                    + "lists another. If the node has a new key, ask anew.");
        }
        catch (TrustException e)
        {
            throw Untrusted(site, e.Message);
        }
    }

    /// <summary>The delegation may have been signed shortly before the node changed its keys: it opens with either.</summary>
    private static byte[]? Certified(MemberNode? node, SubtaskSite site)
    {
        try
        {
            return node?.FormerEncryptionCertificate is { } former && Certificate.Parse(former).KeyId == site.Target.EncryptionKey
                ? former
                : node?.EncryptionCertificate;
        }
        catch (CertificateException)
        {
            return node?.EncryptionCertificate;
        }
    }

    private static SubtaskRefusal Untrusted(SubtaskSite site, string why) => new(ErrorCodes.CertificateInvalid,
        $"Nothing can be sealed for {site.Name} ({site.Target.Node}): {why} This node believes organizations that its own admin pinned.");
}
