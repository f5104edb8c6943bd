using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Link.SignIn;
using Vantage.NodeAgent.Trust.Rotation;
using Vantage.Protocol.Api;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Trust;

/// <summary>
/// Fetches the lists of revoked keys whenever the Coordinator says that a statement changed, and keeps those that pinned
/// organizations signed. An older one than is here already is refused, whoever sends it.
/// </summary>
internal sealed partial class RevocationPuller(
    StatementNews news, AuthorizedRest rest, SessionKeeper session, NodeTrust trust, NodeHome home, LinkRetry retry, TimeProvider time,
    ILogger<RevocationPuller> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await news.WhenChangedAsync(stoppingToken);
            for (var failures = 1; !await TryPullAsync(failures, stoppingToken); failures++)
            {
            }
        }
    }

    private async Task<bool> TryPullAsync(int failures, CancellationToken cancellationToken)
    {
        try
        {
            await PullAsync(cancellationToken);
            if (KeySwitch.FindNext(home) is not null)
            {
                // Perhaps the new keys were certified: the certificates come with a sign-in.
                await session.RenewAsync(cancellationToken);
            }

            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var fault = retry.Explain(e);
            LogFailed(fault.Message);
            await retry.WaitAsync(fault, failures, cancellationToken);
            return false;
        }
    }

    private async Task PullAsync(CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var at = Routes.Revocations + (cursor is null ? "" : $"?cursor={cursor}");
            var page = await rest.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, rest.At(at)),
                ProtocolJson.Default.PageRevocationList, AuthorizedRest.Usual, cancellationToken);
            foreach (var list in page.Items)
            {
                Take(list);
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private void Take(RevocationList list)
    {
        if (trust.Roots.RootsOf(list.Organization).Count == 0)
        {
            // Nobody of that organization is believed here anyway.
            return;
        }

        try
        {
            if (trust.Lists.Take(list.Statement, trust.Roots, time.GetUtcNow()))
            {
                LogTaken(list.Organization, list.Serial, list.NotAfter);
            }
        }
        catch (TrustException e)
        {
            LogRefused(list.Organization, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The list of revoked keys of {Organization} is now serial {Serial}, which holds until {Until}")]
    private partial void LogTaken(Protocol.Ids.OrganizationId organization, long serial, DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Error, Message = "The Coordinator sent a list of revoked keys of {Organization} that is not believed; what is here stays: {Why}")]
    private partial void LogRefused(Protocol.Ids.OrganizationId organization, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lists of revoked keys could not be fetched: {Why}")]
    private partial void LogFailed(string why);
}
