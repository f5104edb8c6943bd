using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Anovas;

/// <summary>
/// Analysis of variance over the rows of all sites, of any number of factors and covariates, balanced or not. The sites
/// return what they return for a linear model, in the same two rounds.
/// </summary>
public static class Anova
{
    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<AnovaArguments, AnovaResult> Central { get; } = Function.Central(
        "central",
        "Analysis of variance over all sites, by an R formula.",
        StatisticsJson.Default.AnovaArguments,
        StatisticsJson.Default.AnovaResult,
        RunAsync);

    /// <summary><c>anova</c>: what is told is in <see cref="AnovaResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "anova",
        "1.0.0",
        "Analysis of variance by an R formula.",
        typeof(Anova).Assembly,
        FrameFunction.Partial,
        LinearModel.Partial,
        Central) { Warm = true };

    private static async Task<AnovaResult> RunAsync(
        IFederation federation, AnovaArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var step = new LinearStep(model.Question.Columns, model.Spec);
        var partials = await federation.RunAsync(Algorithm, LinearModel.Partial, step, cancellationToken);
        return AnovaCombine.Combine(model, arguments, partials.All());
    }
}
