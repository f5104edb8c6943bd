using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Realtime.Nodes;

/// <summary>The nodes connected to this replica, and the hints on their way to them.</summary>
internal sealed class NodeLines(IHubContext<NodeHub, INodeClient> hub)
{
    private readonly ConcurrentDictionary<string, NodeLine> byConnection = new();
    private readonly ConcurrentDictionary<NodeId, ConcurrentDictionary<string, NodeLine>> byNode = new();

    public void Add(NodeId node, string connection)
    {
        var line = new NodeLine(hub.Clients.Client(connection));
        byConnection[connection] = line;
        byNode.GetOrAdd(node, static _ => new(concurrencyLevel: 1, capacity: 1))[connection] = line;
    }

    public void Remove(NodeId node, string connection)
    {
        byConnection.TryRemove(connection, out _);
        if (byNode.TryGetValue(node, out var lines))
        {
            lines.TryRemove(connection, out _);
        }
    }

    public void Hint(NodeId node)
    {
        foreach (var line in Of(node))
        {
            line.Hint();
        }
    }

    public void StatementsChanged()
    {
        foreach (var line in byConnection.Values)
        {
            line.StatementsChanged();
        }
    }

    public void LookAgain(NodeId node)
    {
        foreach (var line in Of(node))
        {
            line.LookAgain();
        }
    }

    public void Stop(StopWork work)
    {
        foreach (var line in Of(work.Node))
        {
            line.Stop(work.Order);
        }
    }

    public Task GoAwayAsync(string reason) =>
        Task.WhenAll(byConnection.Values.Select(line => line.GoAwayAsync(reason)));

    private IEnumerable<NodeLine> Of(NodeId node) => byNode.TryGetValue(node, out var lines) ? lines.Values : [];
}
