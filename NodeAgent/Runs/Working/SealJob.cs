using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Receipts;

namespace Vantage.NodeAgent.Runs.Working;

/// <summary>What is sealed and signed at the end of a run's work.</summary>
/// <param name="Task">As handed over.</param>
/// <param name="Manifest">As asked; believed only if the end says so.</param>
/// <param name="Recipients">None if nobody may be told: then the receipt carries a code and nothing else.</param>
internal sealed record SealJob(
    RunKey Key,
    TaskId Task,
    TaskManifest Manifest,
    Digest ManifestDigest,
    IReadOnlyList<EncryptionPublicKey> Recipients,
    RunEnd End,
    ReceiptPolicy Policy)
{
    /// <summary>What people of the site answered on the way; the inner receipt says so.</summary>
    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    /// <summary>For a run that was refused before any policy was asked.</summary>
    public static SealJob Of(RunKey key, TaskId task, ManifestVerdict.Refused refused, Digest manifest) => new(
        key, task, refused.Manifest!, manifest, refused.Tell,
        new RunEnd.Refused(refused.Code, refused.Code, refused.Message, new ExecutionFacts()),
        new ReceiptPolicy("not-asked", refused.Code));

    public static SealJob Of(RunKey key, ManifestVerdict.Verified verified, RunEnd end, ReceiptPolicy policy) => new(
        key, verified.Manifest.Task, verified.Manifest, verified.ManifestDigest, verified.Recipients, end, policy);
}
