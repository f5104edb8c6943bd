using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Store;

/// <summary>A node that works on something nobody wants any more, or that is no longer its own.</summary>
internal sealed record StopWork(NodeId Node, StopOrder Order);

/// <param name="Outcome">How the task settled; it may have been settled before.</param>
/// <param name="Stop">The nodes that work on what was cancelled.</param>
internal sealed record CancelAnswer(TaskOutcome Outcome, IReadOnlyList<StopWork> Stop);

/// <summary>What time alone changed.</summary>
/// <param name="Offered">Nodes that may claim what was offered again.</param>
/// <param name="More">The bound was met: sweep again at once.</param>
internal sealed record Swept(
    int Expired,
    int Lost,
    int OfferedAgain,
    IReadOnlyList<StopWork> Stop,
    IReadOnlyList<NodeId> Offered,
    IReadOnlyList<CollaborationId> Moved,
    bool More)
{
    /// <summary>Runs of subtasks whose parent had ended.</summary>
    public int Orphaned { get; init; }

    public static Swept Nothing { get; } = new(0, 0, 0, [], [], [], false);
}
