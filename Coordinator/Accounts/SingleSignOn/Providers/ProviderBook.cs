namespace Vantage.Coordinator.Accounts.SingleSignOn.Providers;

/// <summary>The providers of the settings by name, each with its connections.</summary>
internal sealed class ProviderBook(SignOnSettings settings, TimeProvider time) : IDisposable
{
    private readonly Dictionary<string, Provider> providers =
        settings.Providers.ToDictionary(entry => entry.Key, entry => new Provider(entry.Value, time), StringComparer.Ordinal);

    public IEnumerable<(string Name, ProviderSettings Settings)> All =>
        providers.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value.Settings));

    public Provider? Find(string name) => providers.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var provider in providers.Values)
            provider.Dispose();
    }
}
