using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link.Faults;

namespace Vantage.NodeAgent.Link;

/// <summary>Says what a failure on the way to the Coordinator means, and waits before it is tried again.</summary>
internal sealed class LinkRetry(NodeSettings settings, TimeProvider time, Random random)
{
    public LinkFault Explain(Exception e) => e is CommandFailure failure
        ? new LinkFault(LinkFaultKind.NotCertified, failure.Message, NeedsPerson: true)
        : LinkLadder.Explain(e, settings.Coordinator, settings.Proxy?.Url);

    /// <param name="failures">How often in a row it has failed.</param>
    public TimeSpan Delay(LinkFault fault, int failures)
    {
        lock (random)
        {
            return fault.Backoff.Delay(failures, random.NextDouble());
        }
    }

    public Task WaitAsync(LinkFault fault, int failures, CancellationToken cancellationToken) =>
        Task.Delay(Delay(fault, failures), time, cancellationToken);
}
