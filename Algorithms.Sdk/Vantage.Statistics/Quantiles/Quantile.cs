using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Quantiles;

/// <summary>
/// Quantiles over the rows of all sites, from counts of values below edges. Where no site's rules forbid it, edges are asked for
/// until the values themselves are found, in two to eight rounds; otherwise once, on a grid over a blurred range.
/// </summary>
public static class Quantile
{
    /// <summary>Each further round at a site.</summary>
    public static PartialFunction<QuantileStep, QuantilePartial> Partial { get; } = Function.Partial(
        "partial",
        "Counts of the values below edges at one site.",
        StatisticsJson.Default.QuantileStep,
        StatisticsJson.Default.QuantilePartial,
        (context, step, data, cancellationToken) =>
            QuantilesAtSite.ComputeAsync(context.Disclosure, step, data.Single, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<QuantileArguments, QuantilesResult> Central { get; } = Function.Central(
        "central",
        "Quantiles of columns over all sites.",
        StatisticsJson.Default.QuantileArguments,
        StatisticsJson.Default.QuantilesResult,
        RunAsync);

    /// <summary><c>quantiles</c>: what is told is in <see cref="QuantilesResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "quantiles",
        "1.0.0",
        "Quantiles of columns.",
        typeof(Quantile).Assembly,
        RangeFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<QuantilesResult> RunAsync(
        IFederation federation, QuantileArguments arguments, CancellationToken cancellationToken)
    {
        var told = (await federation.RunAsync(
            Algorithm, RangeFunction.Partial, new RangeArguments(arguments.Columns), cancellationToken)).All();
        foreach (var partial in told)
            SharedRange.ThrowIfImpossible(partial, arguments.Columns);
        var ranges = arguments.Columns.Select((_, i) => SharedRange.Of(i, told)).ToList();
        IQuantileSearch search = ranges.All(r => r.IsExact)
            ? new ExactQuantiles(arguments, ranges)
            : new GridQuantiles(arguments, ranges);
        while (search.Next() is { } step)
        {
            var partials = (await federation.RunAsync(Algorithm, Partial, step, cancellationToken)).All();
            foreach (var partial in partials)
                QuantileCheck.ThrowIfImpossible(partial, step, ranges, arguments.Columns);
            search.Learn(step, partials);
        }

        return new(
            arguments.Asked,
            arguments.Type,
            [.. told.Select(t => t.Site)],
            search.Columns(),
            [.. told.SelectMany(t => t.Value.Suppressed.Select(s => s.Note(t.Site))), .. search.Notes]);
    }
}

/// <summary>What to ask next, and what is known so far.</summary>
internal interface IQuantileSearch
{
    IReadOnlyList<string> Notes { get; }

    /// <summary>Null if nothing is left to ask.</summary>
    QuantileStep? Next();

    void Learn(QuantileStep step, IReadOnlyList<SiteValue<QuantilePartial>> partials);

    IReadOnlyList<ColumnQuantiles> Columns();
}
