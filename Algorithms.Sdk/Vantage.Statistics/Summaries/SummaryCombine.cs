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
            if (parts.Count == partials.Count)
                columns.Add(Merge(name, parts));
            else
                leftOut.Add(new(name, WhyLeftOut(name, partials)));
        }

        return new([.. partials.Select(p => p.Site)], partials.Sum(p => p.Value.Rows), columns, leftOut);
    }

    private static IEnumerable<string> Names(IReadOnlyList<SiteValue<SummaryPartial>> partials) =>
        partials
            .SelectMany(p => p.Value.Columns.Select(c => c.Name).Concat(p.Value.LeftOut.Select(c => c.Name)))
            .Distinct();

    private static ColumnSummary Merge(string name, List<ColumnMoments> parts)
    {
        var all = parts.Where(p => p.Count > 0)
            .OrderBy(p => p.Count).ThenBy(p => p.Mean).ThenBy(p => p.MeanRest).ThenBy(p => p.M2)
            .Select(p => new Moments(p.Count, new(p.Mean!.Value, p.MeanRest ?? 0), p.M2!.Value))
            .Aggregate(default(Moments), (sum, part) => sum + part);
        return new(
            name,
            all.Count,
            parts.Sum(p => p.Missing),
            all.Count == 0 ? null : all.Mean.ToDouble(),
            all.Count < 2 ? null : Math.Sqrt((all.M2 / (all.Count - 1)).ToDouble()));
    }

    private static string WhyLeftOut(string name, IReadOnlyList<SiteValue<SummaryPartial>> partials)
    {
        var bySite = partials.ToLookup(
            p => p.Value.Columns.Any(c => c.Name == name) ? "holds numbers"
                : p.Value.LeftOut.FirstOrDefault(c => c.Name == name)?.Reason ?? "is not there",
            p => p.Site);
        return bySite.Count == 1
            ? bySite.Single().Key
            : string.Join("; ", bySite.Select(g => $"{g.Key} at {string.Join(", ", g)}"));
    }
}
