using Vantage.Algorithms.Federations;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Summaries;

/// <summary>Notices a partial that no table can give, before it spoils the numbers of all sites.</summary>
internal static class SummaryCheck
{
    public static void ThrowIfImpossible(SiteValue<SummaryPartial> partial)
    {
        if (partial.Value.Rows < (partial.Value.IsBlurred ? 0 : 1) || partial.Value.Rows > FrameCheck.MostRows)
            throw Impossible(partial.Site, "it counts no rows");
        if (partial.Value.Columns.FirstOrDefault(c => !IsPossible(c, partial.Value.IsBlurred ? null : partial.Value.Rows)) is { } column)
            throw Impossible(partial.Site, $"the numbers of column '{column.Name}' contradict each other");
        if (partial.Value.Columns.DistinctBy(c => c.Name).Count() != partial.Value.Columns.Count)
            throw Impossible(partial.Site, "a column appears twice");
        if (partial.Value.Texts.Any(t => t is not { Count: >= 0, Missing: >= 0 }))
            throw Impossible(partial.Site, "its columns of text count less than nothing");
    }

    private static bool HasShape(ColumnMoments c) =>
        double.IsFinite(c.M3 ?? 0) && double.IsFinite(c.M4 ?? 0) && c.M4 is not < 0
        && (c.Bounds is null || (c.Count > 0 && c.Bounds is [var low, var high] && double.IsFinite(low) && low <= high && double.IsFinite(high)));

    private static bool IsPossible(ColumnMoments c, long? rows) =>
        c is { Count: >= 0, Missing: >= 0 } && HasShape(c) && (rows is null || c.Count + c.Missing == rows)
        && (c.Count == 0
            ? c is { Mean: null, MeanRest: null, M2: null }
            : c is { Mean: not null, M2: >= 0 } && double.IsFinite(c.Mean.Value) && double.IsFinite(c.M2.Value)
                && double.IsFinite(c.MeanRest ?? 0));

    private static InvalidOperationException Impossible(string site, string why) =>
        new($"What {site} returned is no summary: {why}. Does it run the same release?");
}
