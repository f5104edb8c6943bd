namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>What every run store has to do, whichever it is; each part of it runs against each store.</summary>
public abstract class StoreSuite(StoreWorld world) : IAsyncDisposable
{
    private protected StoreWorld World => world;

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
