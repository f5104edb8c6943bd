using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>Whom a central function's task lets this node ask, by which keys, and with which of its own.</summary>
internal sealed class SubtaskKeys(SubtaskLine line, SelfHolder holder, TrustBoard trust, TimeProvider time)
{
    /// <summary>By the key that the task delegates to, which may be one of before: a repeated run finds its rounds.</summary>
    public SubtaskIds IdsOf(RunOrder order) => SubtaskIds.Of(DelegateOf(order).SigningKey);

    public IReadOnlyList<SubtaskSite> SitesOf(RunOrder order) =>
        order.Manifest.Delegation is { } given ? SubtaskSite.Of(given, trust.ForReading(order.Manifest.Collaboration)) : [];

    public async Task<SubtaskWriter> WriterAsync(RunOrder order, IReadOnlyList<SubtaskSite> sites, CancellationToken cancellationToken)
    {
        var collaboration = await line.CollaborationAsync(order.Manifest.Collaboration, cancellationToken);
        return new SubtaskWriter(DelegateOf(order), order,
            PeerKeys.Of(sites, collaboration, trust.ForNewWork(order.Manifest.Collaboration), time.GetUtcNow()), IdsOf(order));
    }

    /// <summary>Throws <see cref="TrustException"/> unless this node signed it, within this order's delegation.</summary>
    public Verified<TaskManifest> VerifyOwn(string jws, RunOrder order)
    {
        var own = new PinnedRoots([PinnedRoot.Of(holder.Self.Chain.Root)]);
        var signed = SignedDocument.Verify(jws, TaskManifest.JwsType, SignedJson.Default.TaskManifest, own, time.GetUtcNow());
        var broken = DelegationRules.Check(order.Manifest, order.ManifestDigest, signed.Value, signed.Signer.KeyId, 0);
        return holder.Self.As(signed.Signer.KeyId) is not null && broken.Count == 0
            ? signed
            : throw new SignatureException(SignatureFault.WrongSigner, $"Not this node's subtask. {string.Join(' ', broken)}");
    }

    /// <summary>A key that was never this node's is delegated nothing by it: what it signs then is refused by everybody.</summary>
    private NodeSelf DelegateOf(RunOrder order) =>
        order.Manifest.Delegation is { } given ? holder.Self.As(given.DelegateKey) ?? holder.Self : holder.Self;
}
