using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Submission;

/// <summary>
/// Whether everything that a manifest names is in its collaboration, as of now. Pure; the sentences begin with the member
/// that they are about.
/// </summary>
internal static class ManifestFit
{
    public static IReadOnlyList<string> Check(TaskManifest manifest, Circle circle, DateTimeOffset now)
    {
        var broken = new List<string>();
        if (manifest.NotAfter <= now)
        {
            broken.Add($"notAfter: {manifest.NotAfter:u} has passed. Is this computer's clock right? Here it is {now:u}.");
        }

        IReadOnlySet<OrganizationId>? study = null;
        if (manifest.Study is { } asked && !circle.Studies.TryGetValue(asked, out study))
        {
            broken.Add($"study: the collaboration has no study {asked}.");
        }

        foreach (var (target, i) in manifest.Targets.Select((target, i) => (target, i)))
        {
            var nodes = target.Alternates.Select(alternate => (Member: $"targets[{i}].alternates", alternate.Node, alternate.EncryptionKey))
                .Prepend((Member: $"targets[{i}]", target.Node, target.EncryptionKey));
            broken.AddRange(nodes.Select(node => OfNode(node.Member, node.Node, node.EncryptionKey, target.Organization, circle)).OfType<string>());
            if (study is not null && !study.Contains(target.Organization))
            {
                broken.Add($"targets[{i}].organization: {target.Organization} does not take part in the study.");
            }
        }

        broken.AddRange(OfDelegation(manifest, circle));
        broken.AddRange(manifest.Recipients.Select((recipient, i) => OfRecipient(i, recipient, circle, now)).OfType<string>());
        return broken;
    }

    /// <summary>Told now rather than when the central function asks for the first time.</summary>
    private static IEnumerable<string> OfDelegation(TaskManifest manifest, Circle circle)
    {
        if (manifest.Delegation is not { } given)
        {
            return [];
        }

        var @delegate = manifest.Targets is [var only] ? circle.Nodes.GetValueOrDefault(only.Node) : null;
        return given.Targets.Select(target =>
                OfNode("delegation.targets", target.Node, target.EncryptionKey, target.Organization, circle))
            .Append(@delegate is null || @delegate.SigningKey == given.DelegateKey || @delegate.FormerSigningKey == given.DelegateKey ? null
                : $"delegation.delegateKey: it is not the signing key of the target '{@delegate.Name}'. Read the collaboration again.")
            .OfType<string>();
    }

    private static string? OfNode(string member, NodeId id, KeyId key, OrganizationId organization, Circle circle) =>
        (circle.Members.ContainsKey(organization), circle.Nodes.GetValueOrDefault(id)) switch
        {
            (false, _) => $"{member}.organization: {organization} is no member of the collaboration.",
            (_, null) => $"{member}.node: {id} is no node of the collaboration.",
            (_, { } node) when node.Organization != organization => $"{member}.node: {id} belongs to {node.Organization}, not to {organization}.",
            (_, { Revoked: true } node) => $"{member}.node: '{node.Name}' ({id}) was revoked by its organization. Leave it out.",
            (_, { EncryptionKey: null } node) => $"{member}.node: '{node.Name}' ({id}) has not been certified by its organization's admin yet.",
            (_, { } node) when node.EncryptionKey != key && node.FormerEncryptionKey != key => $"{member}.encryptionKey: '{node.Name}' ({id}) has another key by now. "
                + "Read the collaboration again and seal the inputs anew.",
            _ => null,
        };

    private static string? OfRecipient(int i, ManifestRecipient recipient, Circle circle, DateTimeOffset now)
    {
        if (!circle.Members.ContainsKey(recipient.Organization))
        {
            return $"recipients[{i}].organization: {recipient.Organization} is no member of the collaboration.";
        }

        try
        {
            var certified = Certificates.Verify(recipient.Certificate, circle, now).For(CertificatePurpose.Encryption);
            return certified.Organization == recipient.Organization && certified.Principal.ToString() == recipient.Principal
                && certified.KeyId == recipient.Key
                ? null
                : $"recipients[{i}]: the certificate is that of {certified.Identity} with key {certified.KeyId}, not what stands beside it.";
        }
        catch (TrustException e)
        {
            return $"recipients[{i}].certificate: {e.Message}";
        }
    }
}
