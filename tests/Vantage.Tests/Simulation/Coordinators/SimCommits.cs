using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks.Commits;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Tests.Simulation.Nodes;

namespace Vantage.Tests.Simulation.Coordinators;

/// <summary>As the real one, without signatures: receipts are plain JSON, which nobody here forges.</summary>
internal sealed class SimCommits(World world, IWakeups wakeups) : ICommits
{
    public void Expect(IEnumerable<OwnedRun> runs)
    {
        // What a receipt is held against here is in the world.
    }

    public async Task<CommitReply> CommitAsync(CommitRequest request, WorkingNode node, CancellationToken cancellationToken)
    {
        var receipt = SimSealing.Read(request.Receipt);
        if (CommitFit.Misfit(request, receipt, node) is { } misfit)
        {
            return new CommitReply(CommitOutcome.Invalid, Detail: misfit);
        }

        // What no signature speaks of: bytes that are not those of the receipt.
        if (request.Payloads.Any(payload => payload.Inline!.Length != payload.Size || Digest.Of(payload.Inline) != payload.Digest))
        {
            world.Laws.Break("a sealed result is sent unchanged", $"{node.Node} sent bytes that its receipt does not name");
            return new CommitReply(CommitOutcome.Invalid);
        }

        var answer = await world.Store.CommitAsync(
            CommitFit.For(request, receipt, node, world.KeyOf(receipt.Task)), cancellationToken);
        if (answer.Outcome == CommitOutcome.Committed)
        {
            wakeups.Changed([world.KeyOf(receipt.Task).Collaboration]);
        }

        return CommitFit.Reply(answer);
    }
}
