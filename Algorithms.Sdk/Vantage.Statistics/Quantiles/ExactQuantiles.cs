using Vantage.Algorithms.Federations;
using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Quantiles;

/// <summary>Where every site tells counts as they are: the very values, by narrowing the intervals that hold them.</summary>
internal sealed class ExactQuantiles : IQuantileSearch
{
    private readonly QuantileArguments arguments;
    private readonly IReadOnlyList<SharedRange> ranges;
    private readonly IReadOnlyList<QuantilePlace[]> places;
    private readonly IReadOnlyList<OrderStatistics?> searches;

    public ExactQuantiles(QuantileArguments arguments, IReadOnlyList<SharedRange> ranges)
    {
        (this.arguments, this.ranges) = (arguments, ranges);
        places = [.. ranges.Select(r => arguments.Asked.Select(p => QuantileTypes.Of(arguments.Type, p, Math.Max(r.Count, 1))).ToArray())];
        searches = [.. ranges.Select((r, i) => r.Count == 0 ? null : new OrderStatistics(
            places[i].SelectMany(p => new[] { p.Lower, p.Upper }), r.Count, r.Low!.Value, r.High!.Value))];
    }

    public IReadOnlyList<string> Notes => [.. arguments.Columns
        .Where((_, i) => ranges[i].Count == 0).Select(c => $"No site has a value in column '{c}'.")];

    public QuantileStep? Next()
    {
        var open = Enumerable.Range(0, searches.Count).Where(i => searches[i] is { IsDone: false }).ToList();
        return open.Count == 0
            ? null
            : new([.. open.Select(i => arguments.Columns[i])], [.. open.Select(i => searches[i]!.Edges())]);
    }

    public void Learn(QuantileStep step, IReadOnlyList<SiteValue<QuantilePartial>> partials)
    {
        for (var i = 0; i < step.Columns.Count; i++)
        {
            var counts = new long[step.Edges[i].Count + 1];
            foreach (var partial in partials)
            {
                for (var bin = 0; bin < counts.Length; bin++)
                    counts[bin] = checked(counts[bin] + partial.Value.Columns[i].Counts[bin]);
            }

            searches[arguments.Columns.Index().First(c => c.Item == step.Columns[i]).Index]!.Learn(step.Edges[i], counts);
        }
    }

    public IReadOnlyList<ColumnQuantiles> Columns() => [.. arguments.Columns.Select((name, i) =>
    {
        IReadOnlyList<double?> values = [.. places[i].Select(p => searches[i] is { } found ? p.Of(found.Of) : (double?)null)];
        return new ColumnQuantiles(name, ranges[i].Count, ranges[i].Missing, values, values, values);
    })];
}
