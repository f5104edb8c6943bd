namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>
/// The provider's document, asked for when first needed and again after a while. A failure is remembered too, for
/// seconds: strangers can make us ask, and must not make us ask often.
/// </summary>
internal sealed class ProviderDiscovery(string issuer, ProviderHttp http, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim one = new(1, 1);
    private (ProviderDocument? Document, string? Failure, DateTimeOffset Until) known;

    public async Task<ProviderDocument> GetAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() >= known.Until)
                known = await AskAsync(cancellationToken);
            return known.Document ?? throw new ProviderException(known.Failure!);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<(ProviderDocument?, string?, DateTimeOffset)> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, ProviderAddress.Discovery(issuer));
            var document = ProviderDocument.Read(await http.AskAsync(request, "discovery", cancellationToken), issuer);
            return (document, null, time.GetUtcNow() + Fresh);
        }
        catch (ProviderException e)
        {
            return (null, e.Message, time.GetUtcNow() + AfterFailure);
        }
    }
}
