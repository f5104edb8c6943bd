using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Federations;
using Vantage.Client.Asking;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Results;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Federation;

/// <summary>An ended run as a central program sees it: fetched, verified, decrypted.</summary>
internal sealed class SiteRunReader(VantageClient client, string site, int round)
{
    public async Task<SiteRun<T>> ReadAsync<T>(ShownRun shown, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            // The site did its part: being out of reach for a moment must not lose it for the whole program.
            return await new Patience(client.Rest.Time, client.Rest.GiveUpAfter).KeepTryingAsync(
                () => OpenAsync(shown, type, cancellationToken), cancellationToken);
        }
        catch (VantageException e) when (!Patience.IsPassing(e))
        {
            throw new VantageException(e.Code, $"{site}: {e.What}", e.Next, e)
            {
                Errors = new Dictionary<string, string[]> { [site] = [e.What] },
                Problem = e.Problem,
            };
        }
    }

    private async Task<SiteRun<T>> OpenAsync<T>(ShownRun shown, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        switch (shown.Run.Outcome)
        {
            case RunOutcome.Succeeded:
                var (value, proof) = await client.ProvenResultAsync(shown, type, cancellationToken);
                return new SiteRun<T>(new SiteResult<T>.Succeeded(site, value), null, Receipt(proof));
            case RunOutcome.Failed or RunOutcome.Refused:
                return await FailedAsync<T>(shown, cancellationToken);
            case RunOutcome.Cancelled:
                return await WithoutAsync(shown, new SiteResult<T>.Cancelled(site), "cancelled", cancellationToken);
            case RunOutcome.Expired:
                return await WithoutAsync(shown, new SiteResult<T>.Expired(site), "expired", cancellationToken);
            case RunOutcome.Lost:
                return await WithoutAsync(shown, new SiteResult<T>.Lost(site), "lost", cancellationToken);
            default:
                throw new VantageException(ErrorCodes.Internal,
                    $"The Coordinator calls the task settled, but {shown.Run.Id} has not ended.");
        }
    }

    /// <summary>Failed or refused: which of the two, the node's receipt says.</summary>
    private async Task<SiteRun<T>> FailedAsync<T>(ShownRun shown, CancellationToken cancellationToken)
    {
        if (!shown.Run.Payloads.Any(p => p is { Kind: PayloadKind.Error, Available: true }))
        {
            var bare = await client.ProveAsync(shown, cancellationToken);
            var code = bare.Receipt.Receipt.Code ?? throw shown.Contradicts(bare);
            return new SiteRun<T>(new SiteResult<T>.Failed(site,
                new RunFailure(code, "its node sealed no reason, or the reason is not kept any more.")), code, Receipt(bare));
        }

        var (error, proof) = await client.ProvenErrorAsync(shown, cancellationToken);
        SiteResult<T> result = proof.Receipt.Receipt.Outcome == RunOutcome.Refused
            ? new SiteResult<T>.Refused(site, error.Rule ?? error.Code, error.Message)
            : new SiteResult<T>.Failed(site, new RunFailure(error.Code, error.Message, Detail: error.Detail));
        return new SiteRun<T>(result, error.Code, Receipt(proof));
    }

    /// <summary>No node signed for how it ended. That it was asked at all, and as what, was signed.</summary>
    private async Task<SiteRun<T>> WithoutAsync<T>(ShownRun shown, SiteResult<T> result, string code,
        CancellationToken cancellationToken)
    {
        await client.RequireSignedAsync(shown, cancellationToken);
        return new SiteRun<T>(result, shown.Run.Code ?? code, null);
    }

    private SiteReceipt Receipt(RunProof proof) => new(site, proof.Receipt.Receipt.Run, proof.Manifest.Task, round,
        proof.Receipt.Receipt.Outcome, proof.Receipt.OfJws, Verified: true);
}
