using Vantage.Algorithms.Federations;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Summaries;

/// <summary>
/// Puts the partials of sites together. The result does not depend on the order of the sites at all: they are merged in
/// an order that their numbers decide. How the rows are spread over sites shows in the last digit at most (relative
/// differences of a few 1e-16), since sums and merges are carried in 32 digits.
/// </summary>
public static class SummaryCombine
{
    /// <param name="partials">One per site, at least one.</param>
    /// <exception cref="InvalidOperationException">A partial can't be what a summary's function returns.</exception>
    public static SummaryResult Combine(IReadOnlyList<SiteValue<SummaryPartial>> partials)
    {
        if (partials.Count == 0)
            throw new ArgumentException("At least one site is needed.", nameof(partials));
        foreach (var partial in partials)
            SummaryCheck.ThrowIfImpossible(partial);

        var columns = new List<ColumnSummary>();
        var leftOut = new List<LeftOutColumn>();
        foreach (var name in Names(partials))
        {
            var parts = partials.SelectMany(p => p.Value.Columns.Where(c => c.Name == name)).ToList();
            if (parts.Count > 0 && partials.All(p => p.Value.Columns.Any(c => c.Name == name) || HoldsBack(p.Value, name)))
                columns.Add(Merge(name, parts) with { IsRangeBlurred = partials.Any(p => p.Value.IsRangeBlurred) });
            else
                leftOut.Add(new(name, WhyLeftOut(name, partials)));
        }

        return new([.. partials.Select(p => p.Site)], partials.Sum(p => p.Value.Rows), columns, leftOut)
        {
            Texts = Texts(partials),
            Notes = Notes(partials),
        };
    }

    private static bool HoldsBack(SummaryPartial partial, string name) => partial.Suppressed?.Any(s => s.What == name) == true;

    private static IReadOnlyList<string> Notes(IReadOnlyList<SiteValue<SummaryPartial>> partials) =>
    [
        .. partials.Where(p => p.Value.IsBlurred).Select(p => p.Site).ToList() is { Count: > 0 } blurred
            ? [$"Numbers of rows and of missing values are rounded at {string.Join(", ", blurred)}."] : (IReadOnlyList<string>)[],
        .. partials.SelectMany(p => (p.Value.Suppressed ?? []).Select(s => s.Note(p.Site))),
    ];

    private static IEnumerable<string> Names(IReadOnlyList<SiteValue<SummaryPartial>> partials) =>
        partials
            .SelectMany(p => p.Value.Columns.Select(c => c.Name).Concat(p.Value.LeftOut.Select(c => c.Name))
                .Concat((p.Value.Suppressed ?? []).Select(s => s.What).OfType<string>()))
            .Distinct();

    private static ColumnSummary Merge(string name, List<ColumnMoments> parts)
    {
        var all = parts.Where(p => p.Count > 0)
            .OrderBy(p => p.Count).ThenBy(p => p.Mean).ThenBy(p => p.MeanRest).ThenBy(p => p.M2).ThenBy(p => p.M3).ThenBy(p => p.M4)
            .Select(p => new ShapeMoments(
                new(p.Count, new(p.Mean!.Value, p.MeanRest ?? 0), p.M2!.Value), p.M3 ?? double.NaN, p.M4 ?? double.NaN))
            .Aggregate(default(ShapeMoments), (sum, part) => sum + part);
        var own = all.Own;
        var areBounded = own.Count > 0 && parts.All(p => p.Count == 0 || p.Bounds is not null);
        return new(
            name,
            own.Count,
            parts.Sum(p => p.Missing),
            own.Count == 0 ? null : own.Mean.ToDouble(),
            own.Count < 2 ? null : Math.Sqrt((own.M2 / (own.Count - 1)).ToDouble()))
        {
            Minimum = areBounded ? parts.Min(p => p.Bounds?[0]) : null,
            Maximum = areBounded ? parts.Max(p => p.Bounds?[1]) : null,
            Skewness = all.Skewness,
            ExcessKurtosis = all.ExcessKurtosis,
        };
    }

    private static List<TextPresence> Texts(IReadOnlyList<SiteValue<SummaryPartial>> partials)
    {
        var bySite = partials.SelectMany(p => p.Value.Texts).ToLookup(t => t.Name, StringComparer.Ordinal);
        return [.. bySite.Where(t => t.Count() == partials.Count)
            .Select(t => new TextPresence(t.Key, t.Sum(s => s.Count), t.Sum(s => s.Missing)))];
    }

    private static string WhyLeftOut(string name, IReadOnlyList<SiteValue<SummaryPartial>> partials)
    {
        var bySite = partials.ToLookup(
            p => p.Value.Columns.Any(c => c.Name == name) ? "holds numbers"
                : HoldsBack(p.Value, name) ? "is held back by disclosure control"
                : p.Value.LeftOut.FirstOrDefault(c => c.Name == name)?.Reason ?? "is not there",
            p => p.Site);
        return bySite.Count == 1
            ? bySite.Single().Key
            : string.Join("; ", bySite.Select(g => $"{g.Key} at {string.Join(", ", g)}"));
    }
}
