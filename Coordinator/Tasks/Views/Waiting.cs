using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Views;

/// <summary>
/// Why an unfinished run isn't moving, and since when. What the Coordinator can see for itself (a silent or paused node)
/// is worked out here whenever somebody looks, so it is never stale; the rest is what the node reported last.
/// </summary>
internal static class Waiting
{
    /// <summary>An idle node claims well within this time.</summary>
    public static readonly TimeSpan Prompt = TimeSpan.FromSeconds(5);

    public static (WaitingReason Reason, DateTimeOffset? Since) Of(
        RunSnapshot run, DateTimeOffset createdAt, DateTimeOffset notBefore, DateTimeOffset now) => run.State.Phase switch
        {
            RunPhase.Ended => (WaitingReason.None, null),
            RunPhase.Queued when now < notBefore => (WaitingReason.NotBefore, createdAt),
            RunPhase.Queued => Queued(run, run.UpdatedAt > notBefore ? run.UpdatedAt : notBefore, now),
            _ when run.Presence.LeaseUntil is { } until && until <= now => (WaitingReason.NodeOffline, until),
            _ => (run.Reported, run.ReportedSince),
        };

    /// <param name="offered">Since when the run could be claimed.</param>
    private static (WaitingReason, DateTimeOffset?) Queued(RunSnapshot run, DateTimeOffset offered, DateTimeOffset now) =>
        run.Presence switch
        {
            { LeaseUntil: null } => (WaitingReason.NodeNeverSeen, offered),
            { LeaseUntil: { } until } when until <= now => (WaitingReason.NodeOffline, Later(until, offered)),
            { Mode: NodeMode.Paused } node => (WaitingReason.NodePaused, Later(node.ModeSince, offered)),
            { Mode: NodeMode.Draining } node => (WaitingReason.NodeDraining, Later(node.ModeSince, offered)),
            // A willing node claims whatever it has room for, so whoever still waits is behind others; whose is not ours to say.
            _ => now - offered < Prompt ? (WaitingReason.None, null) : (WaitingReason.BehindOtherRuns, offered),
        };

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
