using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Receipts;

namespace Vantage.Coordinator.Tasks.Store;

/// <summary>A signed-in node and what it serves.</summary>
/// <param name="Collaborations">Those its organization is a member of.</param>
internal sealed record WorkingNode(NodeId Node, OrganizationId Organization, IReadOnlyCollection<CollaborationId> Collaborations);

/// <param name="Max">Room for so many runs; at least 1.</param>
internal sealed record ClaimBid(WorkingNode Caller, int Max);

/// <summary>A run that now belongs to the bidder.</summary>
/// <param name="Expected">What the receipt of its end has to fit.</param>
internal sealed record OwnedRun(
    RunId Run,
    TaskId Task,
    CollaborationId Collaboration,
    long Epoch,
    string Manifest,
    string? ParentManifest,
    byte[]? Input,
    ReceiptExpectation Expected);

/// <param name="Looks">Whether to look for further work, too; else the answer says that none waits.</param>
internal sealed record NodeBeat(
    WorkingNode Caller, NodeMode Mode, IReadOnlyList<RunReport> Reports, string AgentVersion, bool Looks = true);

/// <param name="Moved">The collaborations in which something changed, for those who watch.</param>
internal sealed record BeatAnswer(
    DateTimeOffset LeaseUntil,
    IReadOnlyList<StopOrder> Stop,
    bool WorkWaiting,
    IReadOnlyList<CollaborationId> Moved);

/// <param name="Runs">Everything the node holds.</param>
/// <param name="JustClaimed">
/// Runs handed to the node over the same connection: their answer may still be on its way, so their absence means nothing.
/// </param>
internal sealed record NodeInventory(
    WorkingNode Caller,
    NodeMode Mode,
    IReadOnlyList<RunReport> Runs,
    IReadOnlyList<RunId> JustClaimed,
    string AgentVersion);

/// <param name="Again">Runs that the node should have held and did not: offered again.</param>
internal sealed record InventoryAnswer(
    IReadOnlyList<RunId> Keep,
    IReadOnlyList<StopOrder> Stop,
    IReadOnlyList<RunId> Again,
    bool WorkWaiting,
    DateTimeOffset LeaseUntil,
    IReadOnlyList<CollaborationId> Moved);

/// <summary>Tells a node why it must stop working on a run, if it must.</summary>
internal static class StopReasons
{
    public static StopReason? For(RunTransition next, RunState run) => next switch
    {
        RunTransition.Refused { Reason: RunRefusal.StaleEpoch or RunRefusal.NotClaimed } => StopReason.StaleEpoch,
        RunTransition.Refused { Reason: RunRefusal.PastNotAfter } => StopReason.Expired,
        RunTransition.Refused { Reason: RunRefusal.AlreadyEnded } => run.Outcome switch
        {
            RunOutcome.Cancelled => StopReason.Cancelled,
            RunOutcome.Expired => StopReason.Expired,
            _ => StopReason.Ended,
        },
        _ => null,
    };
}
