using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Identities;

namespace Vantage.NodeAgent.Link.SignIn;

/// <summary>Finds out whether this node's organization has certified it yet; without that nothing else begins.</summary>
internal sealed partial class Certifier(
    NodeHome home, NodeKeys keys, NodeIdentity identity, SelfHolder holder, RestLine rest, TimeProvider time,
    ILogger<Certifier> logger)
{
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (holder.SelfIfKnown is not null)
        {
            return;
        }

        var self = OwnCertificates.Find(home, identity, keys, time.GetUtcNow()) ?? await AskAsync(cancellationToken);
        LogCertified(self.Node, self.Name, self.Organization);
        holder.Set(self);
    }

    /// <summary>The code has done its work; a secret that is no longer needed is not kept.</summary>
    public void ForgetCode()
    {
        try
        {
            if (NodeIdentity.Find(home) is { Code: not null } kept)
            {
                (kept with { Code = null }).Save(home);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandFailure)
        {
            // A full disk is no reason to lose the line; the next one tries again.
            LogCodeKept(home.Identity, e.Message);
        }
    }

    private async Task<NodeSelf> AskAsync(CancellationToken cancellationToken)
    {
        if (identity.Code is not { } code)
        {
            throw CommandFailure.Configuration(
                $"{home.SigningCertificate} is missing and the enrolment code was used up. Restore the certificates, or have your "
                + "organization's admin invite this node anew and run 'vantage node setup' again.");
        }

        var answer = await Enrolment.SendAsync(rest, code, keys, cancellationToken);
        return answer is { SigningCertificate: { } signing, EncryptionCertificate: { } encryption }
            ? OwnCertificates.Accept(home, identity, keys, signing, encryption, time.GetUtcNow())
            : throw new LinkException(new LinkFault(LinkFaultKind.NotCertified,
                "Your organization's admin has not certified this node yet. They run 'vantage keys certify --node "
                + $"{identity.Node}' and compare this fingerprint: {Fingerprint.Of(keys.Signing.KeyId, keys.Encryption.KeyId)}.",
                NeedsPerson: true));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The used enrolment code could not be removed from {File}: {Why}")]
    private partial void LogCodeKept(string file, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "This is {Node} ({Name}) of {Organization}")]
    private partial void LogCertified(Protocol.Ids.NodeId node, string name, Protocol.Ids.OrganizationId organization);
}
