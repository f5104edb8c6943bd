using System.Collections.Concurrent;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Realtime.Nodes;

/// <summary>What is known of one connection of a node.</summary>
internal sealed class NodeConnection : IDisposable
{
    private readonly OpenStreams.Stream watched;
    private readonly CancellationTokenRegistration ending;

    public NodeConnection(NodeCaller caller, SecretText secret, OpenStreams.Stream watched, Action abort)
    {
        (Caller, Secret, this.watched) = (caller, secret, watched);
        ending = watched.Revoked.Register(abort);
    }

    public NodeCaller Caller { get; set; }

    public SecretText Secret { get; }

    /// <summary>Set by Hello.</summary>
    public string? AgentVersion { get; set; }

    /// <summary>Runs handed over on this connection whose answer the node may not have read yet.</summary>
    public ConcurrentDictionary<RunId, long> JustClaimed { get; } = new();

    public WorkingNode Working => new(Caller.Node, Caller.Organization, Caller.Collaborations);

    public void Dispose()
    {
        ending.Dispose();
        watched.Dispose();
    }
}
