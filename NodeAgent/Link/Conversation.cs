using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Link;

/// <summary>
/// What is said on one line, one thing at a time: so no claim is under way while an inventory is taken, and the
/// Coordinator may conclude that a run missing from it was never received.
/// </summary>
internal sealed class Conversation(HubLine line, IRunDesk desk, Hints hints, Welcome terms, TimeProvider time)
{
    /// <summary>News does not wait for the next regular heartbeat, but a lot of news shares one.</summary>
    private static readonly TimeSpan NewsInterval = TimeSpan.FromSeconds(1);

    private readonly TimeSpan heartbeat = TimeSpan.FromSeconds(terms.HeartbeatSeconds);
    private readonly TimeSpan reconcile = TimeSpan.FromSeconds(terms.ReconcileSeconds);
    private long? lastHeartbeat;
    private long? lastReconcile;
    private bool workWaiting;
    private bool hasNews;

    /// <summary>The first words: what this node holds, and that it is there.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await ReconcileAsync(cancellationToken);
        await HeartbeatAsync(cancellationToken);
    }

    /// <summary>Says what is due, then waits until something is.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        if (IsDue(lastReconcile, reconcile))
        {
            await ReconcileAsync(cancellationToken);
        }

        if (IsDue(lastHeartbeat, HeartbeatInterval))
        {
            await HeartbeatAsync(cancellationToken);
        }

        if (workWaiting && desk is { Mode: NodeMode.Active, FreeSlots: > 0 and var room })
        {
            await ClaimAsync(room, cancellationToken);
        }
        else
        {
            await WaitAsync(cancellationToken);
        }
    }

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var reply = await line.ReconcileAsync(desk.TakeInventory(), cancellationToken);
        lastReconcile = time.GetTimestamp();
        desk.Stop(reply.Stop);
        workWaiting |= reply.WorkWaiting;
    }

    private async Task HeartbeatAsync(CancellationToken cancellationToken)
    {
        // The lease counts from when it was asked for: whatever the answer took, the Coordinator's count began later.
        var asked = time.GetTimestamp();
        var reply = await line.HeartbeatAsync(new Heartbeat(desk.Mode, desk.TakeChanges()), cancellationToken);
        lastHeartbeat = asked;
        hasNews = false;
        desk.LeaseHolds(LeaseTerms.UntilOf(asked, terms, time));
        desk.Stop(reply.Stop);
        workWaiting |= reply.WorkWaiting;
    }

    private async Task ClaimAsync(int room, CancellationToken cancellationToken)
    {
        var handedOver = await line.ClaimAsync(new ClaimRequest(room), cancellationToken);
        await desk.AcceptAsync(handedOver, cancellationToken);

        // A full hand means that there may be more; an empty one, that there is not, until somebody says so again.
        workWaiting = handedOver.Runs.Count >= room;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var waking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hint = hints.WhenAny(waking.Token);
        var news = desk.WhenNews(waking.Token);
        var due = Task.Delay(NextDue(), time, waking.Token);
        var first = await Task.WhenAny(hint, news, due, line.Closed);
        await waking.CancelAsync();
        await Task.WhenAll(hint, news, due).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        workWaiting |= hint.IsCompletedSuccessfully;
        hasNews |= news.IsCompletedSuccessfully;
        if (first == line.Closed)
        {
            throw new IOException("The line was closed.", await line.Closed);
        }
    }

    private TimeSpan HeartbeatInterval => hasNews && NewsInterval < heartbeat ? NewsInterval : heartbeat;

    private TimeSpan NextDue()
    {
        var next = new[] { Remaining(lastHeartbeat, HeartbeatInterval), Remaining(lastReconcile, reconcile) }.Min();
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    private TimeSpan Remaining(long? last, TimeSpan interval) =>
        last is { } at ? interval - time.GetElapsedTime(at) : TimeSpan.Zero;

    private bool IsDue(long? last, TimeSpan interval) => Remaining(last, interval) <= TimeSpan.Zero;
}
