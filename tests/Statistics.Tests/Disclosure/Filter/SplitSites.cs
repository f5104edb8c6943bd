using Vantage.Algorithms.Testing;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>Data sets dealt out to sites, made once for each.</summary>
internal sealed class SplitSites(int count) : IDisposable
{
    private readonly Dictionary<string, Sites> made = new(StringComparer.Ordinal);

    public IReadOnlyList<InProcessSite> Of(string data)
    {
        if (!made.TryGetValue(data, out var sites))
            made[data] = sites = Sites.Dealt(Sites.PathOf(data), count);
        return sites.Members;
    }

    public void Dispose()
    {
        foreach (var sites in made.Values)
            sites.Dispose();
    }
}
