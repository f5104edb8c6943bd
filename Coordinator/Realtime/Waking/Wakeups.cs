using Vantage.Coordinator.Realtime.Events;
using Vantage.Coordinator.Realtime.Nodes;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Realtime.Waking;

/// <summary>
/// Tells whoever waits that something was committed: nodes and watchers of this replica at once, those of others by the
/// relay. Called after a commit, never inside a transaction. None of it is relied on: what is lost here is found by the
/// next heartbeat, inventory or look.
/// </summary>
internal sealed class Wakeups(NodeLines nodes, Watchers watchers, WakeupRelay relay) : IWakeups
{
    public void NodesMayClaim(IEnumerable<NodeId> ids)
    {
        foreach (var id in ids.Distinct())
        {
            nodes.Hint(id);
            relay.Add(new Wakeup.Claim(id));
        }
    }

    /// <summary>Something else than work has changed for these nodes.</summary>
    public void LookAgain(IEnumerable<NodeId> ids)
    {
        foreach (var id in ids)
        {
            nodes.LookAgain(id);
            relay.Add(new Wakeup.Look(id));
        }
    }

    public void Stop(IEnumerable<StopWork> orders)
    {
        foreach (var order in orders)
        {
            nodes.Stop(order);
            relay.Add(new Wakeup.Stop(order));
        }
    }

    /// <summary>For all nodes: who is concerned finds out by asking.</summary>
    public void StatementsChanged()
    {
        nodes.StatementsChanged();
        relay.Add(new Wakeup.Statements());
    }

    public void Moved(IEnumerable<CollaborationId> ids)
    {
        foreach (var id in ids)
        {
            watchers.Moved(id);
            relay.Add(new Wakeup.Change(id));
        }
    }

    /// <summary>A run has ended, and with it perhaps the task.</summary>
    public void Ended(TaskKey task, bool settled)
    {
        Moved([task.Collaboration]);
        if (settled)
        {
            watchers.Settled(task.Task);
        }
    }

    public void Changed(IEnumerable<CollaborationId> ids)
    {
        foreach (var id in ids)
        {
            watchers.Wake(id);
            relay.Add(new Wakeup.Change(id));
        }
    }
}
