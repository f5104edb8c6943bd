using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Summaries;

/// <summary>
/// Count, missing, mean, standard deviation, range, skewness and kurtosis of numeric columns over the rows of all sites, in one
/// round. Each site returns n, mean and sums of powers of differences from it, which are merged by Chan's and Pébay's formulas.
/// </summary>
public static class Summary
{
    /// <summary>The one round at a site: n, missing, mean, range and sums of powers of each column.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a column that was named is missing or holds text.</remarks>
    public static PartialFunction<SummaryArguments, SummaryPartial> Partial { get; } = Function.Partial(
        "partial",
        "Counts, means, ranges and sums of powers of numeric columns at one site.",
        StatisticsJson.Default.SummaryArguments,
        StatisticsJson.Default.SummaryPartial,
        (context, arguments, data, cancellationToken) =>
            SummaryAtSite.ComputeAsync(arguments, data.Single, context.Disclosure, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<SummaryArguments, SummaryResult> Central { get; } = Function.Central(
        "central",
        "Count, missing, mean, spread, range and shape of numeric columns over all sites.",
        StatisticsJson.Default.SummaryArguments,
        StatisticsJson.Default.SummaryResult,
        RunAsync);

    /// <summary><c>summary</c>: what is told of each column is in <see cref="ColumnSummary"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "summary",
        "1.0.0",
        "Count, missing, mean, spread, range and shape of numeric columns.",
        typeof(Summary).Assembly,
        Partial,
        Central) { Warm = true };

    private static async Task<SummaryResult> RunAsync(
        IFederation federation, SummaryArguments arguments, CancellationToken cancellationToken)
    {
        var results = await federation.RunAsync(Algorithm, Partial, arguments, cancellationToken);
        return SummaryCombine.Combine(results.All());
    }
}
