using Vantage.Algorithms.Federations;

namespace Vantage.Statistics.Models;

/// <summary>
/// Which sites held back in some round of a search. They take no part in any other, whatever they answer there: sums of rounds over
/// different rows lead nowhere.
/// </summary>
internal sealed class HeldSites<T>
    where T : IWithholding
{
    private readonly Dictionary<string, T> held = new(StringComparer.Ordinal);
    private bool isBegun;

    /// <summary>The search begins anew, over the sites that are left.</summary>
    public void Begin() => isBegun = false;

    /// <returns>The answers of a round, with what was held back before in place of what is told now.</returns>
    /// <exception cref="SiteLeftException">A site that told its part of earlier rounds holds this one back.</exception>
    public IReadOnlyList<SiteValue<T>> Settle(IReadOnlyList<SiteValue<T>> partials)
    {
        var fresh = partials.Where(p => p.Value.Suppressed is { Count: > 0 } && held.TryAdd(p.Site, p.Value)).Select(p => p.Site).ToList();
        if (isBegun && fresh.Count > 0)
            throw new SiteLeftException(fresh);
        isBegun = true;
        return [.. partials.Select(p => held.TryGetValue(p.Site, out var before) ? p with { Value = before } : p)];
    }
}
