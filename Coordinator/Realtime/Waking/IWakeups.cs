using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Realtime.Waking;

/// <summary>
/// Says to whoever waits that something was committed. None of it is relied on; the simulator's loses what a seed says.
/// </summary>
internal interface IWakeups
{
    void NodesMayClaim(IEnumerable<NodeId> ids);

    void Stop(IEnumerable<StopWork> orders);

    void Changed(IEnumerable<CollaborationId> ids);

    /// <summary>As above, where no task has ended by it.</summary>
    void Moved(IEnumerable<CollaborationId> ids);
}
