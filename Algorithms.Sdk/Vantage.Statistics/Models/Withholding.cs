using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Models;

/// <summary>A partial of a site that may hold back all of it.</summary>
internal interface IWithholding
{
    /// <summary>What its rules forbid; null or empty where they forbid nothing.</summary>
    IReadOnlyList<Suppressed>? Suppressed { get; }
}

/// <summary>A model over the sites that do not hold back what it is made of; it says which do.</summary>
internal static class Withholding
{
    public static (AgreedModel Model, IReadOnlyList<SiteValue<T>> Partials) Without<T>(
        AgreedModel model, IReadOnlyList<SiteValue<T>> partials)
        where T : IWithholding
    {
        var withheld = partials.Where(p => p.Value.Suppressed is { Count: > 0 }).ToList();
        if (withheld.Count == 0)
            return (model, partials);
        var notes = withheld.Select(w => string.Join(" ", w.Value.Suppressed!.Take(5).Select(s => s.Note(w.Site)))).ToList();
        if (withheld.Count == partials.Count)
            throw new DataInvalidException("No site lets leave what this model is made of. " + string.Join(" ", notes));
        var names = withheld.Select(w => w.Site).ToHashSet(StringComparer.Ordinal);
        return (
            model with
            {
                Sites = [.. model.Sites.Select(s => names.Contains(s.Site) ? s with { Rows = 0, LeftOut = 0 } : s)],
                Notes = [.. notes.Select(n => n + " Its rows take no part.")],
            },
            [.. partials.Where(p => !names.Contains(p.Site))]);
    }
}
