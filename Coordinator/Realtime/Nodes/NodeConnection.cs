using Vantage.Coordinator.Access;

namespace Vantage.Coordinator.Realtime.Nodes;

/// <summary>One connection of a node, for as long as its session stands.</summary>
internal sealed class NodeConnection : NodeTalk, IDisposable
{
    private readonly OpenStreams.Stream watched;
    private readonly CancellationTokenRegistration ending;

    public NodeConnection(NodeCaller caller, SecretText secret, OpenStreams.Stream watched, Action abort)
        : base(caller)
    {
        (Secret, this.watched) = (secret, watched);
        ending = watched.Revoked.Register(abort);
    }

    public SecretText Secret { get; }

    public void Dispose()
    {
        ending.Dispose();
        watched.Dispose();
    }
}
