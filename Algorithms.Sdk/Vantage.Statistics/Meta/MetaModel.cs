using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Meta;

/// <summary>
/// Two-stage meta-analysis: the sites agree on types and levels, each fits the model to its own rows, and each coefficient is put
/// together over sites. Two rounds, whatever the model.
/// </summary>
public static class MetaModel
{
    /// <summary>The second round at a site: its own model.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model.</remarks>
    public static PartialFunction<MetaStep, MetaPartial> Partial { get; } = Function.Partial(
        "partial",
        "A site's own model: estimates and their standard errors.",
        StatisticsJson.Default.MetaStep,
        StatisticsJson.Default.MetaPartial,
        (context, step, data, cancellationToken) => MetaAtSite.ComputeAsync(
            context.Disclosure, context.Site, step, data.Single, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<MetaArguments, MetaResult> Central { get; } = Function.Central(
        "central",
        "A meta-analysis of the models that sites fit to their own rows.",
        StatisticsJson.Default.MetaArguments,
        StatisticsJson.Default.MetaResult,
        RunAsync);

    /// <summary><c>meta</c>: what is estimated, and in which unit, is in <see cref="MetaResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "meta",
        "1.0.0",
        "Two-stage meta-analysis of models by an R formula: fixed, DerSimonian-Laird and REML.",
        typeof(MetaModel).Assembly,
        FrameFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<MetaResult> RunAsync(
        IFederation federation, MetaArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var step = new MetaStep(
            model.Question.Columns, model.Spec, arguments.Family, arguments.Link, arguments.MaxIterations, arguments.Tolerance);
        var partials = await federation.RunAsync(Algorithm, Partial, step, cancellationToken);
        return MetaCombine.Combine(model, arguments, partials.All());
    }
}
