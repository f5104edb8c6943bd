using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Runs.Delivering;

/// <summary>Brings one sealed end to the Coordinator, over whatever line there is.</summary>
internal interface ICourier
{
    /// <summary>Returns what the Coordinator said; ends otherwise only by cancellation.</summary>
    Task<CommitReply> DeliverAsync(RunEntry entry, CancellationToken cancellationToken);
}
