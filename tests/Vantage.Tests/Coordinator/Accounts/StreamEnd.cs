namespace Vantage.Tests.Coordinator.Accounts;

/// <summary>Waits for an open stream to be ended by the other side.</summary>
internal static class StreamEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task OfAsync(HttpResponseMessage events)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var buffer = new byte[1024];
        try
        {
            await using var body = await events.Content.ReadAsStreamAsync(limit.Token);
            while (await body.ReadAsync(buffer, limit.Token) > 0)
            {
                // Words of a stream that is still open.
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // Cut rather than finished: ended all the same.
        }
    }
}
