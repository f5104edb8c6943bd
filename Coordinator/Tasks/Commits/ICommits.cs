using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;

namespace Vantage.Coordinator.Tasks.Commits;

/// <summary>Takes the ends of runs. The simulator's leaves out the signatures and nothing else.</summary>
internal interface ICommits
{
    Task<CommitReply> CommitAsync(CommitRequest request, WorkingNode node, CancellationToken cancellationToken);
}
