using System.Text.Json.Serialization.Metadata;
using Vantage.Algorithms.Federations;
using Vantage.Client.Errors;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Client.Federation;

/// <summary>An ended run as a central program sees it: fetched, verified, decrypted.</summary>
public static class SiteResultReader
{
    /// <summary>What the run gave, or why it gave nothing.</summary>
    /// <exception cref="VantageException">A receipt or payload is not what it should be, or the Coordinator is gone.</exception>
    public static async Task<SiteResult<T>> ReadAsync<T>(VantageClient client, string site, RunView run,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken = default) => run.Outcome switch
        {
            RunOutcome.Succeeded => new SiteResult<T>.Succeeded(site,
                await client.ResultAsync(run.Id, type, cancellationToken)),
            RunOutcome.Failed => await FailedAsync<T>(client, site, run, cancellationToken),
            RunOutcome.Refused => await RefusedAsync<T>(client, site, run, cancellationToken),
            RunOutcome.Cancelled => new SiteResult<T>.Cancelled(site),
            RunOutcome.Expired => new SiteResult<T>.Expired(site),
            RunOutcome.Lost => new SiteResult<T>.Lost(site),
            _ => throw new VantageException(ErrorCodes.Internal,
            $"The Coordinator calls the task settled, but {run.Id} has not ended."),
        };

    private static async Task<SiteResult<T>> FailedAsync<T>(VantageClient client, string site, RunView run,
        CancellationToken cancellationToken)
    {
        var error = await client.ErrorAsync(run.Id, cancellationToken);
        return new SiteResult<T>.Failed(site, new RunFailure(error.Code, error.Message, Detail: error.Detail));
    }

    private static async Task<SiteResult<T>> RefusedAsync<T>(VantageClient client, string site, RunView run,
        CancellationToken cancellationToken)
    {
        var error = await client.ErrorAsync(run.Id, cancellationToken);
        return new SiteResult<T>.Refused(site, error.Rule ?? error.Code, error.Message);
    }
}
