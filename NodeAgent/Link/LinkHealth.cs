using Vantage.NodeAgent.Link.Faults;
using Vantage.NodeAgent.Link.Transports;

namespace Vantage.NodeAgent.Link;

/// <summary>How the link is, for whoever asks: <c>vantage node status</c>.</summary>
internal sealed class LinkHealth(TimeProvider time)
{
    private readonly TaskCompletionSource<TransportKind> linked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LinkState state = new(null, null, time.GetUtcNow());

    public LinkState State => state;

    /// <summary>Ends when the link is up for the first time.</summary>
    public Task<TransportKind> Linked => linked.Task;

    public void Up(TransportKind transport)
    {
        state = new LinkState(transport, null, time.GetUtcNow());
        linked.TrySetResult(transport);
    }

    /// <summary>Keeps the instant at which it went down while it stays down.</summary>
    public void Down(LinkFault fault) =>
        state = new LinkState(null, fault, state.Transport is null && state.Fault is not null ? state.Since : time.GetUtcNow());
}

/// <param name="Transport">Set while linked.</param>
/// <param name="Fault">Set while not, once something failed.</param>
internal sealed record LinkState(TransportKind? Transport, LinkFault? Fault, DateTimeOffset Since);
