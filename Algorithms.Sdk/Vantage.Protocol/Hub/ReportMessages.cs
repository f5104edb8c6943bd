using System.Text.Json.Serialization;
using Vantage.Protocol.Api;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Protocol.Hub;

/// <summary>Why an unfinished run isn't moving; set by whoever knows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WaitingReason>))]
public enum WaitingReason
{
    [JsonStringEnumMemberName("none")]
    None,

    [JsonStringEnumMemberName("not-before")]
    NotBefore,

    [JsonStringEnumMemberName("node-never-seen")]
    NodeNeverSeen,

    [JsonStringEnumMemberName("node-offline")]
    NodeOffline,

    [JsonStringEnumMemberName("node-paused")]
    NodePaused,

    [JsonStringEnumMemberName("node-draining")]
    NodeDraining,

    [JsonStringEnumMemberName("behind-other-runs")]
    BehindOtherRuns,

    [JsonStringEnumMemberName("awaiting-approval")]
    AwaitingApproval,

    [JsonStringEnumMemberName("pulling-image")]
    PullingImage,

    [JsonStringEnumMemberName("waiting-for-resources")]
    WaitingForResources,

    [JsonStringEnumMemberName("uploading")]
    Uploading,

    /// <summary>A central function waits for what it asked of other nodes.</summary>
    [JsonStringEnumMemberName("waiting-for-sites")]
    WaitingForSites,
}

/// <summary>How far one run is. All that ever leaves in the clear besides the outcome's code and sizes.</summary>
/// <param name="Progress">0–100, when the algorithm says.</param>
public sealed record RunReport(RunId Run, long Epoch, RunPhase Phase, int? Progress = null,
    WaitingReason Waiting = WaitingReason.None);

/// <param name="Mode">What the node is willing to do now.</param>
/// <param name="Reports">Runs whose phase, progress or waiting reason changed.</param>
public sealed record Heartbeat(NodeMode Mode, IReadOnlyList<RunReport> Reports);

/// <param name="LeaseUntil">By the Coordinator's database clock.</param>
/// <param name="Stop">Runs among the reports that the node must stop working on.</param>
/// <param name="WorkWaiting">There is something to claim.</param>
public sealed record HeartbeatReply(DateTimeOffset LeaseUntil, IReadOnlyList<StopOrder> Stop, bool WorkWaiting);

/// <summary>Stop working on this run. The epoch says which handing of it is meant: a later one goes on.</summary>
public sealed record StopOrder(RunId Run, long Epoch, StopReason Reason);

[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    [JsonStringEnumMemberName("stale-epoch")]
    StaleEpoch,

    [JsonStringEnumMemberName("ended")]
    Ended,

    [JsonStringEnumMemberName("expired")]
    Expired,

    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>Everything the node holds: working on, or finished and not yet acknowledged.</summary>
/// <param name="Mode">What the node is willing to do now.</param>
/// <param name="Runs">All of them.</param>
/// <param name="AuditSize">How many entries the Coordinator's audit trail had by the head that the node keeps; 0 for none yet.</param>
public sealed record Inventory(NodeMode Mode, IReadOnlyList<RunReport> Runs, long? AuditSize = null);

/// <param name="Keep">Go on with these.</param>
/// <param name="Stop">Stop these; each with its reason.</param>
/// <param name="WorkWaiting">There is something to claim.</param>
/// <param name="Statements">Another text than last time: signed statements have changed, and are to be fetched.</param>
/// <param name="Charters">Where the charters of the node's collaborations stand; the node fetches and judges what is new to it.</param>
/// <param name="Audit">The newest head of the Coordinator's audit trail, for a node that said what it keeps.</param>
public sealed record ReconcileReply(IReadOnlyList<RunId> Keep, IReadOnlyList<StopOrder> Stop, bool WorkWaiting, string? Statements = null,
    IReadOnlyList<CharterHead>? Charters = null, HeadOffer? Audit = null);
