using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Histograms;

/// <summary>Adds the counts of the sites: whole numbers, which no order can change.</summary>
internal static class HistogramCombine
{
    public static HistogramResult Combine(
        HistogramArguments arguments, IReadOnlyList<double> edges, SharedRange? range, IReadOnlyList<SiteValue<HistogramPartial>> partials)
    {
        var bins = edges.Count - 1;
        foreach (var partial in partials)
            ThrowIfImpossible(partial, bins, range);
        long?[] counts = [.. Enumerable.Range(0, bins).Select(i => Sum(partials.Select(p => p.Value.Counts[i])))];
        var total = partials.Sum(p => p.Value.Rows);
        if (total == 0 && partials.All(p => p.Value.Suppressed.Count == 0))
            throw new DataInvalidException($"No site has a value of column '{arguments.Column}' between these edges.");
        return new(
            arguments.Column,
            [.. partials.Select(p => new SiteRows(p.Site, p.Value.Rows, p.Value.Missing ?? 0))],
            total,
            Sum(partials.Select(p => p.Value.Missing)),
            Sum(partials.Select(p => p.Value.Below)),
            Sum(partials.Select(p => p.Value.Above)),
            edges,
            [.. edges.Zip(edges.Skip(1), (a, b) => (a + b) / 2)],
            counts,
            [.. Enumerable.Range(0, bins).Select(i => partials.Sum(p => p.Value.Counts[i] ?? 0))],
            [.. counts.Select((c, i) => c / (total * (edges[i + 1] - edges[i])))],
            arguments.Right,
            [
                .. partials.SelectMany(p => p.Value.Suppressed.Select(s => s.Note(p.Site))),
                .. Rounded.Notes(partials.Select(p => (p.Site, p.Value.Rounding)), "densities are of the rounded counts"),
            ]);
    }

    /// <summary>Null if a site does not tell.</summary>
    private static long? Sum(IEnumerable<long?> counts) =>
        counts.Aggregate((long?)0, (sum, count) => sum is { } s && count is { } c ? checked(s + c) : null);

    private static void ThrowIfImpossible(SiteValue<HistogramPartial> partial, int bins, SharedRange? range)
    {
        var value = partial.Value;
        var slack = Rounded.Slack(value.Rounding, bins);
        var shown = value.Counts.Append(value.Below).Append(value.Above).Append(value.Missing);
        if (value.Rows < 0 || value.Counts.Count != bins || shown.Any(c => c < 0)
            || value.Counts.Any(c => c > value.Rows + Rounded.Slack(value.Rounding, 1)) || value.Counts.Sum(c => c ?? 0) > value.Rows + slack
            || (value.Counts.All(c => c is not null) && value.Counts.Sum(c => c!.Value) < value.Rows - slack))
        {
            throw FrameCheck.Impossible(partial.Site, "its counts do not add up");
        }

        if (range is { IsExact: true } && value.Suppressed.Count == 0 && range.Rows[partial.Site] != value.Rows)
        {
            throw new DataInvalidException($"{partial.Site} had {range.Rows[partial.Site]} values when the sites agreed on the edges"
                + $" and has {value.Rows} between them now. Its data have changed meanwhile: ask again.");
        }
    }
}
