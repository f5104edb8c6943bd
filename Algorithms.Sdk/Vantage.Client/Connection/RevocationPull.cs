using Vantage.Client.Administration;
using Vantage.Client.Errors;
using Vantage.Client.Home;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Client.Connection;

/// <summary>
/// Fetches the lists of revoked keys before they are needed, at most every half a minute. What is older than what is here, or
/// not well signed, is left where it is: the list that is here counts until it expires, and then nothing new is begun.
/// </summary>
internal sealed class RevocationPull(RevocationsApi api, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1, 1);
    private DateTimeOffset? pulled;

    public async Task EnsureAsync(ClientHome home, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (pulled is { } at && time.GetUtcNow() - at < Fresh)
            {
                return;
            }

            await PullAsync(home, cancellationToken);
            pulled = time.GetUtcNow();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task PullAsync(ClientHome home, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var pins = home.TrustInAny(now);
        try
        {
            await foreach (var list in api.ListAsync(cancellationToken))
            {
                Take(home, list.Statement, pins, now);
            }
        }
        catch (VantageException e) when (e.Code == ErrorCodes.NotFound)
        {
            // A Coordinator from before there were lists. One that hides them gains no more than their life.
        }
    }

    private static void Take(ClientHome home, string statement, ITrust pins, DateTimeOffset now)
    {
        try
        {
            home.KeyRevocations.Take(statement, pins, now);
        }
        catch (TrustException)
        {
            // Of an organization that is not pinned here, or not what it should be: it counts for nothing.
        }
    }
}
