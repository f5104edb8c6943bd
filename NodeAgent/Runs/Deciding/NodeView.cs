using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Runs.Deciding;

/// <summary>All that the node decides on: what it remembers, what it does now, what it was told, what time it is.</summary>
internal sealed record NodeView
{
    public required RunBook Book { get; init; }

    /// <summary>Handings that are being worked on in this process.</summary>
    public required IReadOnlySet<RunKey> Working { get; init; }

    /// <summary>Those of them that were asked to stop.</summary>
    public required IReadOnlySet<RunKey> Stopping { get; init; }

    /// <summary>Handings whose sealed end is on its way to the Coordinator.</summary>
    public required IReadOnlySet<RunKey> Delivering { get; init; }

    /// <summary>What the Coordinator said to stop and the node has not acted on.</summary>
    public required IReadOnlyList<StopOrder> Stops { get; init; }

    public required LeaseState Lease { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required NodeLimits Limits { get; init; }
}

/// <param name="Slots">How many runs are worked on at a time.</param>
/// <param name="Skew">
/// How long after a task's end, by this node's clock, the Coordinator may still take or offer its runs: until then nothing
/// is given up or forgotten.
/// </param>
/// <param name="KeepBytes">Delivered payloads up to this size are kept for <paramref name="KeepFor"/>, larger ones are not.</param>
/// <param name="KeepFor">
/// A Coordinator whose database was restored from a backup may offer a finished run again; what was kept is sent again.
/// </param>
internal sealed record NodeLimits(int Slots, TimeSpan Skew, long KeepBytes, TimeSpan KeepFor)
{
    /// <param name="slots">How many runs are worked on at a time.</param>
    /// <param name="skew">How far clocks may differ by the node's settings.</param>
    /// <param name="keepPastEnd">
    /// A clock that is set wrongly is put right some time. Whatever was finished before that must outlast it: else it would
    /// be lost, and done again when the run is offered once more.
    /// </param>
    public static NodeLimits For(int slots, TimeSpan skew, TimeSpan keepPastEnd) =>
        new(slots, skew + keepPastEnd, 1024 * 1024, TimeSpan.FromDays(2));
}

/// <summary>Whether the Coordinator may still count on this node. By the node's own monotonic clock, less skew.</summary>
internal enum LeaseState
{
    /// <summary>Since this process started there was no contact: whether the lease holds will be seen at the first one.</summary>
    Unknown,

    Holds,

    /// <summary>The Coordinator may have offered runs to others.</summary>
    Lapsed,
}
