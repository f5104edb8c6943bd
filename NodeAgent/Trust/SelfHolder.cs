namespace Vantage.NodeAgent.Trust;

/// <summary>Who this node is, from the moment its organization certified it.</summary>
internal sealed class SelfHolder
{
    private readonly TaskCompletionSource known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile NodeSelf? self;

    public NodeSelf Self => self ?? throw new InvalidOperationException("This node is not certified yet.");

    public NodeSelf? SelfIfKnown => self;

    public Task WhenKnown => known.Task;

    public void Set(NodeSelf certified)
    {
        self = certified;
        known.TrySetResult();
    }
}
