using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.KaplanMeier.Grids;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.KaplanMeier;

/// <summary>
/// Survival curves over the rows of all sites, in two rounds: the sites agree on levels and on which status is the event, then
/// each counts who leaves at which time.
/// </summary>
public static class KaplanMeierCurves
{
    /// <summary>The second round at a site: events, censorings and entries by time.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a row ends before it begins.</remarks>
    public static PartialFunction<SurvivalStep, TimeCountsPartial> Partial { get; } = Function.Partial(
        "partial",
        "Events, censorings and entries by time and group at one site.",
        StatisticsJson.Default.SurvivalStep,
        StatisticsJson.Default.TimeCountsPartial,
        (context, step, data, cancellationToken) =>
        {
            SurvivalRules.ThrowIfOn(context.Disclosure);
            return TimeCounts.ComputeAsync(step, data.Single, cancellationToken);
        });

    /// <summary>The second round where disclosure rules let no exact time leave: counts in intervals of enough rows.</summary>
    public static PartialFunction<GridStep, GridPartial> Grid { get; } = Function.Partial(
        "grid",
        "Events and censorings by group at one site, in intervals of enough rows.",
        StatisticsJson.Default.GridStep,
        StatisticsJson.Default.GridPartial,
        (context, step, data, cancellationToken) =>
            GridAtSite.ComputeAsync(step, data.Single, context.Disclosure, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<KaplanMeierArguments, KaplanMeierResult> Central { get; } = Function.Central(
        "central",
        "Kaplan-Meier curves over all sites, by groups.",
        StatisticsJson.Default.KaplanMeierArguments,
        StatisticsJson.Default.KaplanMeierResult,
        RunAsync);

    /// <summary><c>kaplan-meier</c>: what is estimated is in <see cref="SurvivalCurve"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "kaplan-meier",
        "1.0.0",
        "Survival curves with confidence limits and medians.",
        typeof(KaplanMeierCurves).Assembly,
        SurvivalFrame.Partial,
        Partial,
        Grid,
        Central) { Warm = true };

    private static async Task<KaplanMeierResult> RunAsync(
        IFederation federation, KaplanMeierArguments arguments, CancellationToken cancellationToken)
    {
        var model = await SurvivalAgreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        if (!model.TellsTimes)
        {
            ThrowIfNoGrid(model);
            var edges = TimeGrid.Edges(model.Horizon);
            var counts = await federation.RunAsync(
                Algorithm, Grid, new GridStep(model.Question.Columns, model.Spec, edges), cancellationToken);
            return GridCombine.Combine(model, arguments, edges, counts.All());
        }

        var step = new SurvivalStep(model.Question.Columns, model.Spec);
        var partials = await federation.RunAsync(Algorithm, Partial, step, cancellationToken);
        return KaplanMeierCombine.Combine(model, arguments, partials.All());
    }

    private static void ThrowIfNoGrid(AgreedSurvival model)
    {
        if (model.Question.Formula.Start is not null)
        {
            throw new ArgumentsInvalidException("formula", "the disclosure rules of a site let no exact time leave, and on a grid there are"
                + " no curves for rows that are watched from a later time on. Ask for Surv(time, status), or for a model by cox.");
        }

        if (!(model.Horizon > 0))
        {
            throw new DataInvalidException("No site tells until when its times reach: they are all the same, or the site's disclosure"
                + " rules let it speak of no so few rows. " + string.Join(" ", model.Notes));
        }
    }
}
