using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Federations;
using Vantage.Client.Asking;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Results;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Api;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Federation;

/// <summary>An ended run as a central program sees it: fetched, verified, decrypted.</summary>
internal sealed class SiteRunReader(VantageClient client, string site, int round)
{
    public async Task<SiteRun<T>> ReadAsync<T>(RunView run, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            // The site did its part: being out of reach for a moment must not lose it for the whole program.
            return await new Patience(client.Rest.Time, client.Rest.GiveUpAfter).KeepTryingAsync(
                () => OpenAsync(run, type, cancellationToken), cancellationToken);
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

    private async Task<SiteRun<T>> OpenAsync<T>(RunView run, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        switch (run.Outcome)
        {
            case RunOutcome.Succeeded:
                var (value, proof) = await client.ProvenResultAsync(run.Id, type, cancellationToken);
                return new SiteRun<T>(new SiteResult<T>.Succeeded(site, value), null, Receipt(run, proof));
            case RunOutcome.Failed or RunOutcome.Refused:
                return await FailedAsync<T>(run, cancellationToken);
            case RunOutcome.Cancelled:
                return Without<T>(run, new SiteResult<T>.Cancelled(site), "cancelled");
            case RunOutcome.Expired:
                return Without<T>(run, new SiteResult<T>.Expired(site), "expired");
            case RunOutcome.Lost:
                return Without<T>(run, new SiteResult<T>.Lost(site), "lost");
            default:
                throw new VantageException(ErrorCodes.Internal,
                    $"The Coordinator calls the task settled, but {run.Id} has not ended.");
        }
    }

    private async Task<SiteRun<T>> FailedAsync<T>(RunView run, CancellationToken cancellationToken)
    {
        if (!run.Payloads.Any(p => p is { Kind: PayloadKind.Error, Available: true }))
        {
            var code = run.Code ?? "unknown";
            return Without<T>(run, new SiteResult<T>.Failed(site,
                new RunFailure(code, "its node sealed no reason, or the reason is not kept any more.")), code);
        }

        var (error, proof) = await client.ProvenErrorAsync(run.Id, cancellationToken);
        SiteResult<T> result = run.Outcome == RunOutcome.Refused
            ? new SiteResult<T>.Refused(site, error.Rule ?? error.Code, error.Message)
            : new SiteResult<T>.Failed(site, new RunFailure(error.Code, error.Message, Detail: error.Detail));
        return new SiteRun<T>(result, error.Code, Receipt(run, proof));
    }

    private static SiteRun<T> Without<T>(RunView run, SiteResult<T> result, string code) =>
        new(result, run.Code ?? code, null);

    private SiteReceipt Receipt(RunView run, RunProof proof) => new(site, run.Id, proof.Manifest.Task, round,
        proof.Receipt.Receipt.Outcome, proof.Receipt.OfJws, Verified: true);
}
