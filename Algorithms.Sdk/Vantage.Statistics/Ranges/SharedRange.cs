using Vantage.Algorithms.Federations;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Ranges;

/// <summary>A column over all sites.</summary>
/// <param name="Count">Values that are told of.</param>
/// <param name="Missing">Null if a site does not tell.</param>
/// <param name="Low">All values that are told of are at least this; null if no site says.</param>
/// <param name="High">And at most this.</param>
/// <param name="IsExact">Whether these are the smallest and largest value themselves.</param>
/// <param name="Rows">Of each site.</param>
/// <param name="Boundless">Sites that do not say where their values lie.</param>
internal sealed record SharedRange(
    long Count,
    long? Missing,
    double? Low,
    double? High,
    bool IsExact,
    IReadOnlyDictionary<string, long> Rows,
    IReadOnlyCollection<string> Boundless)
{
    public static SharedRange Of(int column, IReadOnlyList<SiteValue<RangePartial>> sites)
    {
        var own = sites.Select(s => s.Value.Columns[column]).ToList();
        var bounds = own.Select(c => c.Bounds).OfType<IReadOnlyList<double>>().ToList();
        return new(
            own.Sum(c => c.Rows),
            own.Any(c => c.Missing is null) ? null : own.Sum(c => c.Missing),
            bounds.Count == 0 ? null : bounds.Min(b => b[0]),
            bounds.Count == 0 ? null : bounds.Max(b => b[1]),
            sites.All(s => s.Value.IsExact),
            sites.ToDictionary(s => s.Site, s => s.Value.Columns[column].Rows, StringComparer.Ordinal),
            [.. sites.Where(s => s.Value.Columns[column] is { Rows: > 0, Bounds: null }).Select(s => s.Site)]);
    }

    public static void ThrowIfImpossible(SiteValue<RangePartial> partial, IReadOnlyList<string> columns)
    {
        if (!partial.Value.Columns.Select(c => c.Name).SequenceEqual(columns))
            throw FrameCheck.Impossible(partial.Site, "it tells of other columns than it was asked for");
        if (partial.Value.Columns.Any(c => !IsPossible(c)))
            throw FrameCheck.Impossible(partial.Site, "its counts or bounds are not possible");
    }

    private static bool IsPossible(ColumnRange c) =>
        c is { Rows: >= 0 and <= FrameCheck.MostRows, Missing: null or (>= 0 and <= FrameCheck.MostRows) } && (c.Bounds is null
            || (c.Rows > 0 && c.Bounds.Count == 2 && c.Bounds.All(double.IsFinite) && c.Bounds[0] <= c.Bounds[1]));
}
