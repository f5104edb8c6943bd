using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.NodeAgent.Subtasks;

/// <summary>Whom a central function's task lets this node ask, by which keys, and with which of its own.</summary>
internal sealed class SubtaskKeys(SubtaskLine line, SelfHolder holder, PinBoard pins, NodeTrust trust, TimeProvider time)
{
    public SubtaskIds Ids => field ??= SubtaskIds.Of(holder.Self.SigningKey);

    public IReadOnlyList<SubtaskSite> SitesOf(RunOrder order) =>
        order.Manifest.Delegation is { } given ? SubtaskSite.Of(given, pins) : [];

    public async Task<SubtaskWriter> WriterAsync(RunOrder order, IReadOnlyList<SubtaskSite> sites, CancellationToken cancellationToken)
    {
        var collaboration = await line.CollaborationAsync(order.Manifest.Collaboration, cancellationToken);
        return new SubtaskWriter(holder.Self, order, PeerKeys.Of(sites, collaboration, trust.ForNewWork, time.GetUtcNow()), Ids);
    }

    /// <summary>Throws <see cref="TrustException"/> unless this node signed it, within this order's delegation.</summary>
    public Verified<TaskManifest> VerifyOwn(string jws, RunOrder order)
    {
        var own = new PinnedRoots([PinnedRoot.Of(holder.Self.Chain.Root)]);
        var signed = SignedDocument.Verify(jws, TaskManifest.JwsType, SignedJson.Default.TaskManifest, own, time.GetUtcNow());
        var broken = DelegationRules.Check(order.Manifest, order.ManifestDigest, signed.Value, signed.Signer.KeyId, 0);
        return signed.Signer.KeyId == holder.Self.SigningKeyId && broken.Count == 0
            ? signed
            : throw new SignatureException(SignatureFault.WrongSigner, $"Not this node's subtask. {string.Join(' ', broken)}");
    }
}
