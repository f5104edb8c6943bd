using System.Text.Json.Serialization;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Manifests;

[JsonConverter(typeof(ExactEnumJsonConverter<TaskType>))]
public enum TaskType
{
    Analysis,

    Inference,

    Dataset,

    Workshop,
}

/// <summary>What becomes of a run when its node's lease lapses.</summary>
[JsonConverter(typeof(ExactEnumJsonConverter<LostNodePolicy>))]
public enum LostNodePolicy
{
    /// <summary>The node works on, and its commit is accepted until <c>notAfter</c>.</summary>
    Wait,

    /// <summary>The run is offered again. Two nodes may then both have worked on it; one commits.</summary>
    Retry,

    /// <summary>The run ends as lost.</summary>
    Fail,
}

/// <summary>
/// What a run may use at the most. The node's own limits may be lower; then it refuses, and says so. These are
/// parameters and not properties, since the reader gives a parameter that was left out its default, a property zero.
/// </summary>
/// <param name="Cpu">Processor cores.</param>
/// <param name="MemoryMiB">Memory.</param>
/// <param name="DiskMiB">Scratch space.</param>
/// <param name="TimeSeconds">Wall time of the algorithm itself.</param>
/// <param name="Accelerators">How many.</param>
public sealed record ResourceRequest(
    double Cpu = 1, int MemoryMiB = 1024, int DiskMiB = 1024, int TimeSeconds = 3600, int Accelerators = 0);

/// <summary>Lets one node ask others in the signer's name, within these bounds. It narrows and never widens.</summary>
public sealed record Delegation
{
    /// <summary>The signing key of the node that runs the central function.</summary>
    public required KeyId DelegateKey { get; init; }

    public required AlgorithmRef Algorithm { get; init; }

    public required IReadOnlyList<string> Functions { get; init; }

    public required IReadOnlyList<DelegationTarget> Targets { get; init; }

    public required IReadOnlyList<DataRef> Data { get; init; }

    public required int MaxTasks { get; init; }

    public required DateTimeOffset NotAfter { get; init; }
}

/// <summary>A node that the delegate may ask, and the key it must seal to.</summary>
public sealed record DelegationTarget(OrganizationId Organization, NodeId Node, KeyId EncryptionKey);

/// <summary>The task whose delegation a subtask uses, by the digest of its signed manifest.</summary>
public sealed record ManifestParent(TaskId Task, Digest Manifest);
