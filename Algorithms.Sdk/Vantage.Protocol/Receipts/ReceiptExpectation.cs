using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Protocol.Receipts;

/// <summary>What a receipt has to fit: the run as its manifest describes it.</summary>
/// <param name="Manifest">The digest of the signed manifest.</param>
/// <param name="Collaboration">The manifest's.</param>
/// <param name="Task">The manifest's.</param>
/// <param name="Run">The run in question.</param>
/// <param name="Organization">The organization of the run's target.</param>
/// <param name="Nodes">The target's node and its alternates.</param>
/// <param name="Algorithm">The manifest's.</param>
public sealed record ReceiptExpectation(
    Digest Manifest,
    CollaborationId Collaboration,
    TaskId Task,
    RunId Run,
    OrganizationId Organization,
    IReadOnlyList<NodeId> Nodes,
    AlgorithmRef Algorithm)
{
    /// <summary>Read from a manifest, for one of its runs.</summary>
    public static ReceiptExpectation From(TaskManifest manifest, Digest ofManifest, RunId run)
    {
        var target = manifest.Targets.SingleOrDefault(t => t.Run == run)
            ?? throw new ReceiptException(ReceiptFault.OtherRun, $"The manifest of {manifest.Task} has no run {run}.");
        return new(
            ofManifest,
            manifest.Collaboration,
            manifest.Task,
            run,
            target.Organization,
            [target.Node, .. target.Alternates.Select(a => a.Node)],
            manifest.Algorithm);
    }
}
