using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Roc;

/// <summary>
/// The ROC curve of a score over the rows of all sites, its area, and how well a score between 0 and 1 is calibrated. Where disclosure
/// rules let no score leave, sites count them in intervals of enough rows.
/// </summary>
public static class RocAnalysis
{
    /// <summary>Intervals of scores, before sites join them.</summary>
    private const int Steps = 40;

    /// <summary>A round at a site: its scores by outcome, or between which round numbers they lie, or counts in intervals.</summary>
    public static PartialFunction<RocStep, RocPartial> Partial { get; } = Function.Partial(
        "partial",
        "Scores by outcome at one site, or counts of them in intervals of enough rows.",
        StatisticsJson.Default.RocStep,
        StatisticsJson.Default.RocPartial,
        (context, step, data, cancellationToken) => RocAtSite.ComputeAsync(step, data.Single, context.Disclosure, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<RocArguments, RocResult> Central { get; } = Function.Central(
        "central",
        "The ROC curve of a score over all sites, its area and calibration.",
        StatisticsJson.Default.RocArguments,
        StatisticsJson.Default.RocResult,
        RunAsync);

    /// <summary><c>roc</c>: what is told is in <see cref="RocResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "roc",
        "1.0.0",
        "ROC curve, AUC and calibration of a score.",
        typeof(RocAnalysis).Assembly,
        FrameFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<RocResult> RunAsync(
        IFederation federation, RocArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var partials = await AskAsync(null);
        if (partials.All(p => p.Value.Positive is not null))
            return RocCombine.Combine(model, arguments.ConfidenceLevel, null, partials);
        var edges = Edges([.. partials.Select(p => p.Value)]);
        return RocCombine.Combine(model, arguments.ConfidenceLevel, edges, await AskAsync(edges));

        async Task<IReadOnlyList<SiteValue<RocPartial>>> AskAsync(double[]? within)
        {
            var step = new RocStep(model.Question.Columns, model.Spec, within);
            var answers = (await federation.RunAsync(Algorithm, Partial, step, cancellationToken)).All();
            foreach (var answer in answers)
                RocCheck.ThrowIfImpossible(answer, model, within);
            return answers;
        }
    }

    private static double[] Edges(IReadOnlyList<RocPartial> sites)
    {
        var told = sites.Where(s => s.Positive is not null).SelectMany(s => s.Positive!.Edges.Concat(s.Negative!.Edges)).ToList();
        double[] ends = [.. sites.SelectMany(s => s.Span ?? []), .. told];
        if (ends.Length == 0 || !(ends.Max() > ends.Min()))
            throw new DataInvalidException("No site's disclosure rules let it speak of its scores: ask about more rows.");
        var step = (ends.Max() - ends.Min()) / Steps;
        return [.. Enumerable.Range(1, Steps).Select(i => ends.Min() + (i * step))];
    }
}
