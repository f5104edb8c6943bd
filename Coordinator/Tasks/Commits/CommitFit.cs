using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Receipts;

namespace Vantage.Coordinator.Tasks.Commits;

/// <summary>Whether a commit and its receipt belong together, and what is passed on and answered. Pure.</summary>
internal static class CommitFit
{
    /// <summary>Null if they fit.</summary>
    public static string? Misfit(CommitRequest request, OuterReceipt receipt, WorkingNode node)
    {
        if (receipt.Node != node.Node)
        {
            return $"The receipt is signed by {receipt.Node}, and {node.Node} brings it.";
        }

        // What was sealed under an earlier handing to the same node is committed under the present one.
        if (receipt.Epoch > request.Epoch)
        {
            return $"The receipt speaks of epoch {receipt.Epoch}, the commit of {request.Epoch}.";
        }

        var brought = request.Payloads.Select(payload => new ReceiptPayload(payload.Kind, payload.Digest, payload.Size));
        return request.Payloads.Count != receipt.Payloads.Count || !brought.ToHashSet().SetEquals(receipt.Payloads)
            ? "The payloads of the commit are not those that the receipt names."
            : null;
    }

    public static RunCommit For(CommitRequest request, OuterReceipt receipt, WorkingNode node, TaskKey task) =>
        new(node, request.Run, task, request.Epoch, receipt.Outcome, receipt.Code, request.Receipt,
            [.. request.Payloads.Select(payload => new StoredPayload(payload.Kind, payload.Digest, payload.Size, payload.Inline))]);

    public static CommitReply Reply(CommitAnswer answer) => new(answer.Outcome, answer.Ended, answer.Missing,
        answer.Outcome == CommitOutcome.Invalid ? "Another node holds the run at this epoch." : answer.Refusal?.ToString());
}
