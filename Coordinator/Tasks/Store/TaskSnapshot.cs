using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Store;

/// <summary>A task with its runs as they were at one instant of the store's clock.</summary>
internal sealed record TaskSnapshot(
    TaskKey Key,
    JobId Job,
    StudyId? Study,
    TaskType Type,
    AlgorithmRef Algorithm,
    string Function,
    Asker Asker,
    Digest ManifestDigest,
    DateTimeOffset CreatedAt,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    TaskOutcome? Outcome,
    DateTimeOffset? SettledAt,
    DateTimeOffset Now,
    IReadOnlyList<RunSnapshot> Runs);

/// <param name="Node">The node that the manifest names first.</param>
/// <param name="Holder">The node that this epoch was handed to.</param>
/// <param name="Reported">What the holder says it waits for, since <paramref name="ReportedSince"/>.</param>
internal sealed record RunSnapshot(
    RunId Id,
    OrganizationId Organization,
    NodeId Node,
    NodeId? Holder,
    RunState State,
    string? Code,
    int? Progress,
    WaitingReason Reported,
    DateTimeOffset? ReportedSince,
    DateTimeOffset UpdatedAt,
    NodePresence Presence,
    IReadOnlyList<PayloadSnapshot> Payloads);

/// <summary>How the node that holds a run, or should claim it, is doing.</summary>
/// <param name="LeaseUntil">Null if the node was never seen.</param>
internal sealed record NodePresence(NodeMode Mode, DateTimeOffset? ModeSince, DateTimeOffset? LeaseUntil);

internal sealed record PayloadSnapshot(PayloadKind Kind, NodeId Node, Digest Digest, long Size, bool Available);
