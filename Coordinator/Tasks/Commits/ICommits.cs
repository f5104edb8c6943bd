using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;

namespace Vantage.Coordinator.Tasks.Commits;

/// <summary>Takes the ends of runs. The simulator's leaves out the signatures and nothing else.</summary>
internal interface ICommits
{
    /// <summary>These runs were handed out, and their ends will come: what is known of them by now need not be asked for then.</summary>
    void Expect(IEnumerable<OwnedRun> runs);

    Task<CommitReply> CommitAsync(CommitRequest request, WorkingNode node, CancellationToken cancellationToken);
}
