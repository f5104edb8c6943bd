using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>A node that a delegation lists, under the name that this node's own pins give its organization.</summary>
internal sealed record SubtaskSite(DelegationTarget Target, string Name)
{
    /// <summary>In the order of the delegation. Each name is there once: ids tell apart what has one name.</summary>
    public static IReadOnlyList<SubtaskSite> Of(Delegation delegation, ITrust trust)
    {
        var named = delegation.Targets
            .Select(target => new SubtaskSite(target, trust.RootsOf(target.Organization) is [var root, ..] ? root.Name : target.Organization.ToString()))
            .ToList();
        return [.. named.Select(site => named.Count(other => other.Name == site.Name) == 1 ? site
            : site with { Name = $"{site.Name} ({site.Target.Node})" })];
    }
}

/// <summary>A site and the key that its input is sealed to.</summary>
internal sealed record SealableSite(SubtaskSite Site, EncryptionPublicKey Key);
