using Vantage.Algorithms.Testing;

namespace Statistics.Tests.Disclosure.Filter;

/// <summary>Data sets dealt out to sites, made once for each.</summary>
internal sealed class SplitSites(int count) : IDisposable
{
    private readonly Dictionary<string, Sites> made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<InProcessSite>> kept = new(StringComparer.Ordinal);

    public IReadOnlyList<InProcessSite> Of(string data)
    {
        if (kept.TryGetValue(data, out var members))
            return members;
        made[data] = Sites.Dealt(Sites.PathOf(data), count);
        return kept[data] = [.. made[data].Members.Select(m => new InProcessSite(m.Name, new KeptTable(m.Tables[0])))];
    }

    public void Dispose()
    {
        foreach (var sites in made.Values)
            sites.Dispose();
    }
}
