using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Link;

/// <summary>The next thing on a line.</summary>
internal abstract record Turn
{
    private Turn() { }

    public sealed record SayAll(Inventory Inventory) : Turn;

    /// <param name="Asked">When, by this node's monotonic clock.</param>
    public sealed record Beat(Heartbeat Heartbeat, long Asked) : Turn;

    public sealed record Ask(ClaimRequest Request) : Turn;

    /// <summary>Nothing is due before then, unless a hint or news comes.</summary>
    public sealed record Rest(TimeSpan For) : Turn;
}

/// <summary>
/// Decides what is said on one line, one thing at a time: so no claim is under way while an inventory is taken, and the
/// Coordinator may conclude that a run missing from it was never received. Says and waits for nothing itself.
/// </summary>
internal sealed class Agenda(IRunDesk desk, Welcome terms, TimeProvider time)
{
    /// <summary>News does not wait for the next regular heartbeat, but a lot of news shares one.</summary>
    private static readonly TimeSpan NewsInterval = TimeSpan.FromSeconds(1);

    private readonly TimeSpan heartbeat = TimeSpan.FromSeconds(terms.HeartbeatSeconds);
    private readonly TimeSpan reconcile = TimeSpan.FromSeconds(terms.ReconcileSeconds);
    private long? lastHeartbeat;
    private long? lastReconcile;
    private bool workWaiting;
    private bool hasNews;
    private bool looksAgain;

    /// <summary>The first words were said and answered.</summary>
    public bool HasBegun => lastReconcile is not null && lastHeartbeat is not null;

    public Turn Next() =>
        IsDue(lastReconcile, ReconcileInterval) ? new Turn.SayAll(desk.TakeInventory())
        : IsDue(lastHeartbeat, HeartbeatInterval) ? new Turn.Beat(new Heartbeat(desk.Mode, desk.TakeChanges()), time.GetTimestamp())
        : workWaiting && desk is { Mode: NodeMode.Active, FreeSlots: > 0 and var room } ? new Turn.Ask(new ClaimRequest(room))
        : new Turn.Rest(NextDue());

    public void Heard(ReconcileReply reply)
    {
        lastReconcile = time.GetTimestamp();
        looksAgain = false;
        desk.Stop(reply.Stop);
        workWaiting |= reply.WorkWaiting;
    }

    public void Heard(Turn.Beat said, HeartbeatReply reply)
    {
        // The lease counts from when it was asked for: whatever the answer took, the Coordinator's count began later.
        lastHeartbeat = said.Asked;
        hasNews = false;
        desk.LeaseHolds(LeaseTerms.UntilOf(said.Asked, terms, time));
        desk.Stop(reply.Stop);
        workWaiting |= reply.WorkWaiting;
    }

    public async Task HeardAsync(Turn.Ask said, ClaimReply handedOver, CancellationToken cancellationToken)
    {
        await desk.AcceptAsync(handedOver, cancellationToken);

        // A full hand means that there may be more; an empty one, that there is not, until somebody says so again.
        workWaiting = handedOver.Runs.Count >= said.Request.Max;
    }

    public void HeardHint() => workWaiting = true;

    public void HeardNews() => hasNews = true;

    /// <summary>However often it is said, there is one inventory a second at the most.</summary>
    public void HeardLookAgain() => looksAgain = true;

    private TimeSpan ReconcileInterval => looksAgain && NewsInterval < reconcile ? NewsInterval : reconcile;

    private TimeSpan HeartbeatInterval => hasNews && NewsInterval < heartbeat ? NewsInterval : heartbeat;

    private TimeSpan NextDue()
    {
        var next = new[] { Remaining(lastHeartbeat, HeartbeatInterval), Remaining(lastReconcile, ReconcileInterval) }.Min();
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    private TimeSpan Remaining(long? last, TimeSpan interval) =>
        last is { } at ? interval - time.GetElapsedTime(at) : TimeSpan.Zero;

    private bool IsDue(long? last, TimeSpan interval) => Remaining(last, interval) <= TimeSpan.Zero;
}
