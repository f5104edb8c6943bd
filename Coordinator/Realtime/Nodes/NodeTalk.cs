using System.Collections.Concurrent;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Realtime.Nodes;

/// <summary>What was said so far on one connection of a node, as far as later answers depend on it.</summary>
internal class NodeTalk(NodeCaller caller)
{
    public NodeCaller Caller { get; set; } = caller;

    /// <summary>Set by Hello.</summary>
    public string? AgentVersion { get; set; }

    /// <summary>When the last beat looked for work; 0 before the first.</summary>
    public long LookedAt { get; set; }

    /// <summary>Runs handed over on this connection whose answer the node may not have read yet.</summary>
    public ConcurrentDictionary<RunId, long> JustClaimed { get; } = new(concurrencyLevel: 1, capacity: 1);

    public WorkingNode Working => new(Caller.Node, Caller.Organization, Caller.Collaborations);
}
