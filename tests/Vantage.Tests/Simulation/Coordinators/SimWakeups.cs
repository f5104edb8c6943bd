using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Simulation.Coordinators;

/// <summary>Hints over the lines that stand, any of which may be lost, late or twice.</summary>
internal sealed class SimWakeups(CoordinatorProcess coordinator) : IWakeups
{
    public void NodesMayClaim(IEnumerable<NodeId> ids)
    {
        foreach (var line in ids.SelectMany(coordinator.LinesOf).ToList())
        {
            line.Hint(node => node.Link.HeardHint());
        }
    }

    public void Stop(IEnumerable<StopWork> orders)
    {
        foreach (var work in orders)
        {
            foreach (var line in coordinator.LinesOf(work.Node).ToList())
            {
                line.Hint(node => node.Desk.Stop([work.Order]));
            }
        }
    }

    public void Changed(IEnumerable<CollaborationId> ids)
    {
    }

    public void Moved(IEnumerable<CollaborationId> ids)
    {
    }
}
