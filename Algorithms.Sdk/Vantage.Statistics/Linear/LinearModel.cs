using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Linear;

/// <summary>
/// Linear regression over the rows of all sites, in two rounds: the sites agree on types and levels, then each returns the
/// cross products of its model matrix.
/// </summary>
public static class LinearModel
{
    /// <summary>The second round at a site: exact sums of products of the columns of its model matrix and the outcome, weighted.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model.</remarks>
    public static PartialFunction<LinearStep, LinearPartial> Partial { get; } = Function.Partial(
        "partial",
        "Sums of products of the columns of a linear model at one site.",
        StatisticsJson.Default.LinearStep,
        StatisticsJson.Default.LinearPartial,
        (context, step, data, cancellationToken) => LinearAtSite.ComputeAsync(context.Disclosure, step, data.Single, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<LinearArguments, LinearResult> Central { get; } = Function.Central(
        "central",
        "A linear model over all sites, by an R formula.",
        StatisticsJson.Default.LinearArguments,
        StatisticsJson.Default.LinearResult,
        RunAsync);

    /// <summary><c>linear</c>: what is estimated, and in which unit, is in <see cref="LinearResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "linear",
        "1.0.0",
        "Linear regression by an R formula.",
        typeof(LinearModel).Assembly,
        FrameFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<LinearResult> RunAsync(
        IFederation federation, LinearArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var step = new LinearStep(model.Question.Columns, model.Spec);
        var partials = await federation.RunAsync(Algorithm, Partial, step, cancellationToken);
        return LinearCombine.Combine(model, arguments.ConfidenceLevel, partials.All());
    }
}
