using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Histograms;

/// <summary>
/// A histogram over the rows of all sites. With given edges it is one round; otherwise the sites first tell, blurred where
/// their rules ask for it, where their values lie, and round edges are made of that.
/// </summary>
public static class Histogram
{
    /// <summary>The counts of one site.</summary>
    public static PartialFunction<HistogramStep, HistogramPartial> Partial { get; } = Function.Partial(
        "partial",
        "Counts of the values between shared edges at one site.",
        StatisticsJson.Default.HistogramStep,
        StatisticsJson.Default.HistogramPartial,
        (context, step, data, cancellationToken) =>
            HistogramAtSite.ComputeAsync(context.Disclosure, step, data.Single, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<HistogramArguments, HistogramResult> Central { get; } = Function.Central(
        "central",
        "A histogram of one column over all sites.",
        StatisticsJson.Default.HistogramArguments,
        StatisticsJson.Default.HistogramResult,
        RunAsync);

    /// <summary><c>histogram</c>: what is told is in <see cref="HistogramResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "histogram",
        "1.0.0",
        "A histogram of a column.",
        typeof(Histogram).Assembly,
        RangeFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<HistogramResult> RunAsync(
        IFederation federation, HistogramArguments arguments, CancellationToken cancellationToken)
    {
        var range = arguments.Edges is null ? await RangeAsync(federation, arguments.Column, cancellationToken) : null;
        var edges = arguments.Edges ?? BinEdges.Of(range!, arguments.Bins);
        var width = range is null ? edges[^1] - edges[0] : range.High!.Value - range.Low!.Value;
        var step = new HistogramStep(arguments.Column, BinEdges.Moved(edges, arguments.Right, width), arguments.Right);
        var partials = await federation.RunAsync(Algorithm, Partial, step, cancellationToken);
        return HistogramCombine.Combine(arguments, edges, range, partials.All());
    }

    private static async Task<SharedRange> RangeAsync(IFederation federation, string column, CancellationToken cancellationToken)
    {
        var partials = (await federation.RunAsync(
            Algorithm, RangeFunction.Partial, new RangeArguments([column]), cancellationToken)).All();
        foreach (var partial in partials)
            SharedRange.ThrowIfImpossible(partial, [column]);
        var range = SharedRange.Of(0, partials);
        return range.Low is not null
            ? range
            : throw new DataInvalidException(range.IsExact
                ? $"No site has a value in column '{column}': there is nothing to count."
                : $"No site tells where the values of column '{column}' lie. Give the edges. "
                    + string.Join(' ', partials.SelectMany(p => p.Value.Suppressed.Select(s => s.Note(p.Site)))));
    }
}
