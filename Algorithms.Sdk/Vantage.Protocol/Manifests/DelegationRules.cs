using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Manifests;

/// <summary>
/// Whether a subtask lies within what a person delegated. Delegation narrows and never widens: whatever the subtask says
/// must be said, or left open, by the parent. One rule for all who look: the delegate before it signs, the Coordinator
/// before it stores, each target before it runs. Pure; that both manifests are signed is for the caller to have verified.
/// </summary>
public static class DelegationRules
{
    /// <summary>Every way in which the subtask goes beyond, as a sentence; empty if none.</summary>
    /// <param name="parent">The task that a person signed.</param>
    /// <param name="ofParent">The digest of its signed bytes.</param>
    /// <param name="subtask">The task that the delegate signs.</param>
    /// <param name="signer">The key that signed the subtask.</param>
    /// <param name="earlierSiblings">How many other subtasks of this parent the caller has seen.</param>
    public static IReadOnlyList<string> Check(
        TaskManifest parent, Digest ofParent, TaskManifest subtask, KeyId signer, int earlierSiblings)
    {
        if (parent.Delegation is not { } given)
        {
            return ["The parent delegates nothing."];
        }

        (bool Holds, string Sentence)[] rules =
        [
            (subtask.Parent == new ManifestParent(parent.Task, ofParent), "It names another parent."),
            (signer == given.DelegateKey, "It is signed by another key than the delegate's."),
            (subtask.Delegation is null, "It delegates further."),
            (subtask.Collaboration == parent.Collaboration && subtask.Study == parent.Study, "It leaves the collaboration or study."),
            (subtask.Job == parent.Job, "It belongs to another job."),
            (subtask.Type == parent.Type, "It is of another task type."),
            (subtask.Algorithm == given.Algorithm, "It asks for another algorithm."),
            (given.Functions.Contains(subtask.Function), $"It asks for function '{subtask.Function}', which is not delegated."),
            (subtask.Targets.All(target => AllDelegated(given, target)), "It asks a node, or seals to a key, that is not delegated."),
            (subtask.Data.All(data => given.Data.Any(allowed => Covers(allowed, data))), "It asks for data that is not delegated."),
            (subtask.Session is null || subtask.Session == parent.Session, "It uses another session."),
            (subtask.Purpose == parent.Purpose && subtask.ProjectCode == parent.ProjectCode, "It states another purpose or project."),
            (Covers(parent.Resources, subtask.Resources), "It asks for more resources than its parent."),
            (subtask.LostNode == parent.LostNode, "It treats lost nodes otherwise than its parent."),
            (subtask.NotBefore >= parent.NotBefore, "It begins before its parent."),
            (subtask.NotAfter <= given.NotAfter, "It outlives the delegation."),
            (earlierSiblings < given.MaxTasks, $"The delegation is for {given.MaxTasks} tasks, and they are used up."),
        ];
        return [.. rules.Where(rule => !rule.Holds).Select(rule => rule.Sentence)];
    }

    /// <summary>What a subtask gives back goes to the delegate and to nobody else.</summary>
    /// <param name="organization">The delegate's.</param>
    /// <param name="delegate">The node that signed the subtask.</param>
    /// <param name="subtask">The task that it signed.</param>
    public static bool IsForDelegateAlone(OrganizationId organization, NodeId @delegate, TaskManifest subtask) =>
        subtask.Recipients is [var only] && only.Organization == organization && only.Principal == @delegate.ToString();

    private static bool AllDelegated(Delegation given, ManifestTarget target) =>
        target.Alternates
            .Select(alternate => new DelegationTarget(target.Organization, alternate.Node, alternate.EncryptionKey))
            .Append(new DelegationTarget(target.Organization, target.Node, target.EncryptionKey))
            .All(given.Targets.Contains);

    /// <summary>What the delegation leaves open the subtask may pin; what it pins stays pinned.</summary>
    private static bool Covers(DataRef allowed, DataRef asked) =>
        asked.Label == allowed.Label && asked.Kind == allowed.Kind && asked.Id == allowed.Id
        && (allowed.Version is null || asked.Version == allowed.Version)
        && (allowed.Digest is null || asked.Digest == allowed.Digest)
        && (allowed.Dictionary is null || asked.Dictionary == allowed.Dictionary);

    private static bool Covers(ResourceRequest allowed, ResourceRequest asked) =>
        asked.Cpu <= allowed.Cpu && asked.MemoryMiB <= allowed.MemoryMiB && asked.DiskMiB <= allowed.DiskMiB
        && asked.TimeSeconds <= allowed.TimeSeconds && asked.Accelerators <= allowed.Accelerators;
}
