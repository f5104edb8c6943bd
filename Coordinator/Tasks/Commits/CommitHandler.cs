using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Submission;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Receipts;

namespace Vantage.Coordinator.Tasks.Commits;

/// <summary>
/// Takes the end of a run: the receipt has to be this node's, signed, about this run under this manifest, and to name
/// exactly the payloads that come with it. Whether the epoch still owns the run is the store's to say.
/// </summary>
internal sealed class CommitHandler(
    IRunStore store, RunFactsReader facts, CircleReader circles, IBlobStore blobs, Wakeups wakeups, TimeProvider time) : ICommits
{
    public void Expect(IEnumerable<OwnedRun> runs)
    {
        foreach (var run in runs)
        {
            facts.Remember(run);
        }
    }

    public async Task<CommitReply> CommitAsync(CommitRequest request, WorkingNode node, CancellationToken cancellationToken)
    {
        if (await facts.FindAsync(request.Run, node, cancellationToken) is not { } run)
        {
            return Invalid($"There is no run {request.Run} that this node could have had.");
        }

        var circle = await circles.ReadAsync(run.Task.Collaboration, cancellationToken);
        OuterReceipt receipt;
        try
        {
            receipt = ReceiptVerifier.Verify(request.Receipt, run.Expected, circle, time.GetUtcNow()).Receipt;
        }
        catch (TrustException e)
        {
            return Invalid(e.Message);
        }

        if ((CommitFit.Misfit(request, receipt, node) ?? await WrongAsync(request, run, cancellationToken)) is { } misfit)
        {
            return Invalid(misfit);
        }

        Failpoint.Pass("commit.checked");
        var answer = await store.CommitAsync(CommitFit.For(request, receipt, node, run.Task), cancellationToken);
        if (answer.Outcome == CommitOutcome.Committed)
        {
            Failpoint.Pass("commit.stored");
            facts.Forget(request.Run);
            wakeups.Ended(run.Task, answer.Settled is not null);
        }

        return CommitFit.Reply(answer);
    }

    private async Task<string?> WrongAsync(CommitRequest request, RunFacts run, CancellationToken cancellationToken)
    {
        foreach (var payload in request.Payloads)
        {
            if (await WrongAsync(payload, run, cancellationToken) is { } wrong)
            {
                return $"The payload '{payload.Kind}' {wrong}.";
            }
        }

        return null;
    }

    private async Task<string?> WrongAsync(CommitPayload payload, RunFacts run, CancellationToken cancellationToken) =>
        payload.Inline is { } bytes
            ? SealedBytes.Check(bytes, payload.Digest, payload.Size)
            : await SealedBytes.RecipientsAsync(blobs, new BlobKey(run.Task.Collaboration, payload.Digest), cancellationToken) is null
                ? "is not an envelope; only sealed content is taken"
                : null;

    private static CommitReply Invalid(string detail) => new(CommitOutcome.Invalid, Detail: detail);
}
