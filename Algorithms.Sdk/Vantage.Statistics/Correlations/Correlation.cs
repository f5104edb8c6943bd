using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Correlations;

/// <summary>
/// Covariances, Pearson's correlations and partial correlations over the rows of all sites, with tests and intervals, in one
/// round: each site returns its count, sums and sums of products.
/// </summary>
public static class Correlation
{
    /// <summary>The one round at a site: the count, sums and sums of products of the columns.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a column is missing or holds text.</remarks>
    public static PartialFunction<ProductsStep, ProductsPartial> Partial { get; } = Function.Partial(
        "partial",
        "Counts, sums and sums of products of columns at one site.",
        StatisticsJson.Default.ProductsStep,
        StatisticsJson.Default.ProductsPartial,
        (context, step, data, cancellationToken) =>
            ProductsAtSite.ComputeAsync(step, data.Single, context.Disclosure, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<CorrelationArguments, CorrelationResult> Central { get; } = Function.Central(
        "central",
        "Covariances and correlations of columns over all sites.",
        StatisticsJson.Default.CorrelationArguments,
        StatisticsJson.Default.CorrelationResult,
        RunAsync);

    /// <summary><c>correlation</c>: what is told is in <see cref="CorrelationResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "correlation",
        "1.0.0",
        "Covariances, correlations and partial correlations.",
        typeof(Correlation).Assembly,
        Partial,
        Central) { Warm = true };

    private static async Task<CorrelationResult> RunAsync(
        IFederation federation, CorrelationArguments arguments, CancellationToken cancellationToken)
    {
        var partials = await federation.RunAsync(Algorithm, Partial, arguments.Step(), cancellationToken);
        return CorrelationCombine.Combine(arguments, partials.All());
    }
}
