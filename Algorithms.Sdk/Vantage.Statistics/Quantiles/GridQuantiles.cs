using Vantage.Algorithms.Federations;
using Vantage.Statistics.Histograms;
using Vantage.Statistics.Models;
using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Quantiles;

/// <summary>
/// Where a site's rules join small intervals: each quantile lies between two edges of a grid, and is interpolated between them.
/// Asked once and always on the same round numbers, so that no two answers differ by a few rows.
/// </summary>
internal sealed class GridQuantiles(QuantileArguments arguments, IReadOnlyList<SharedRange> ranges) : IQuantileSearch
{
    private const int Steps = 100;
    private const double Outermost = 0.05;

    private readonly Dictionary<string, SiteSteps[]> steps = new(StringComparer.Ordinal);
    private readonly HashSet<(string Site, int? Rounding)> rounded = [];
    private bool isAsked;

    public IReadOnlyList<string> Notes
    {
        get
        {
            var notes = new List<string> { "Sites join small counts: a quantile lies between its lowest and highest, and is interpolated." };
            if (arguments.Asked.Any(p => !IsInside(p)))
                notes.Add($"Quantiles below {Outermost} and above {1 - Outermost} are near single rows and are not told.");
            notes.AddRange(arguments.Columns.Where((_, i) => ranges[i].Low is null)
                .Select(c => $"No site tells where the values of column '{c}' lie."));
            notes.AddRange(Rounded.Notes(rounded, "lowest and highest allow for it"));
            return notes;
        }
    }

    public QuantileStep? Next()
    {
        var told = Enumerable.Range(0, ranges.Count).Where(i => ranges[i].Low is not null).ToList();
        if (isAsked || told.Count == 0)
            return null;
        isAsked = true;
        return new(
            [.. told.Select(i => arguments.Columns[i])],
            [.. told.Select(i => PrettyBreaks.Of(ranges[i].Low!.Value, ranges[i].High!.Value, Steps))]);
    }

    public void Learn(QuantileStep step, IReadOnlyList<SiteValue<QuantilePartial>> partials)
    {
        for (var i = 0; i < step.Columns.Count; i++)
        {
            var range = ranges[arguments.Columns.Index().First(c => c.Item == step.Columns[i]).Index];
            steps[step.Columns[i]] = [.. partials.Select(p => new SiteSteps(
                step.Edges[i],
                p.Value.Columns[i].Edges ?? step.Edges[i],
                p.Value.Columns[i].Counts,
                !range.Boundless.Contains(p.Site),
                p.Value.Columns[i].Rounding ?? 1))];
            rounded.UnionWith(partials.Select(p => (p.Site, p.Value.Columns[i].Rounding)));
        }
    }

    public IReadOnlyList<ColumnQuantiles> Columns() => [.. arguments.Columns.Select(Column)];

    private ColumnQuantiles Column(string name, int column)
    {
        var found = arguments.Asked.Select(p => Find(name, ranges[column].Count, p)).ToList();
        return new(
            name,
            ranges[column].Count,
            ranges[column].Missing,
            [.. found.Select(f => f.Value)],
            [.. found.Select(f => f.Low)],
            [.. found.Select(f => f.High)]);
    }

    private (double? Value, double? Low, double? High) Find(string name, long count, double probability) =>
        count > 0 && IsInside(probability) && steps.TryGetValue(name, out var sites)
            ? Find(QuantileTypes.Of(arguments.Type, probability, count), sites)
            : (null, null, null);

    private static bool IsInside(double probability) => probability is >= Outermost and <= 1 - Outermost;

    /// <summary>
    /// Certainly fewer values than the rank lie up to the lower edge, and certainly as many up to the upper one. Where the grid does
    /// not say so of any edge, nothing is told.
    /// </summary>
    private static (double? Value, double? Low, double? High) Find(QuantilePlace place, SiteSteps[] sites)
    {
        var edges = sites[0].Grid;
        var low = LastWhere(edges.Count, e => sites.Sum(s => s.Most(e)) < place.Lower);
        var high = Enumerable.Range(0, edges.Count).Cast<int?>().FirstOrDefault(e => sites.Sum(s => s.Least(e!.Value)) >= place.Upper);
        if (low is not { } from || high is not { } to)
            return (null, null, null);
        var rank = place.Lower + (place.Part * (place.Upper - place.Lower)) - 0.5;
        var upper = Enumerable.Range(from + 1, to - from).First(e => e == to || sites.Sum(s => s.About(e)) >= rank);
        var (below, upto) = (sites.Sum(s => s.About(upper - 1)), sites.Sum(s => s.About(upper)));
        var part = upto > below ? Math.Clamp((rank - below) / (upto - below), 0, 1) : 0.5;
        return (edges[upper - 1] + (part * (edges[upper] - edges[upper - 1])), edges[from], edges[to]);
    }

    private static int? LastWhere(int count, Func<int, bool> holds) =>
        Enumerable.Range(0, count).Reverse().Cast<int?>().FirstOrDefault(e => holds(e!.Value));
}
