using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Store;

/// <summary>A task that was checked and may be stored. Every field of it comes from the signed manifest.</summary>
/// <param name="Manifest">What the signed bytes say.</param>
/// <param name="Jws">The signed bytes themselves.</param>
/// <param name="ParentJws">The signed manifest whose delegation is used.</param>
/// <param name="InlineInputs">Small sealed inputs by digest; those missing here lie in the blob store.</param>
internal sealed record NewTask(
    TaskManifest Manifest,
    string Jws,
    string? ParentJws,
    Asker Asker,
    IReadOnlyDictionary<Digest, byte[]> InlineInputs)
{
    public Digest ManifestDigest { get; } = Digest.OfText(Jws);

    public TaskKey Key => new(Manifest.Task, Manifest.Collaboration);
}

/// <summary>In whose name a task is asked, and who signed it: the person, or a node that the person delegated to.</summary>
/// <param name="Organization">The person's, whoever signed: who may see and stop the task follows from it.</param>
/// <param name="Node">Set for a subtask.</param>
internal sealed record Asker(OrganizationId Organization, UserId? User, NodeId? Node)
{
    /// <summary>Whose turn it is when claims are shared out: delegating gives nobody a second one.</summary>
    public Guid Turn => User?.Value ?? Node!.Value.Value;

    /// <summary>As the audit trail names them.</summary>
    public string Actor => Node?.ToString() ?? User!.Value.ToString();
}

/// <summary>A task and the collaboration that its reader or writer was authorized for.</summary>
internal sealed record TaskKey(TaskId Task, CollaborationId Collaboration);

internal abstract record CreateOutcome
{
    private CreateOutcome() { }

    /// <summary>Stored now.</summary>
    /// <param name="Task">As it stands.</param>
    internal sealed record Created(TaskSnapshot Task) : CreateOutcome;

    /// <summary>This id with this manifest was stored before: the answer to a repeated request.</summary>
    /// <param name="Task">As it stands.</param>
    internal sealed record Exists(TaskSnapshot Task) : CreateOutcome;

    /// <summary>The id of the task or of one of its runs belongs to something else.</summary>
    internal sealed record Conflict : CreateOutcome;

    /// <summary>Inputs that are neither inline nor in the blob store.</summary>
    internal sealed record InputsMissing(IReadOnlyList<Digest> Digests) : CreateOutcome;
}
