using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
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
        (_, step, data, cancellationToken) => TimeCounts.ComputeAsync(step, data.Single, cancellationToken));

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
        Central) { Warm = true };

    private static async Task<KaplanMeierResult> RunAsync(
        IFederation federation, KaplanMeierArguments arguments, CancellationToken cancellationToken)
    {
        var model = await SurvivalAgreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var step = new SurvivalStep(model.Question.Columns, model.Spec);
        var partials = await federation.RunAsync(Algorithm, Partial, step, cancellationToken);
        return KaplanMeierCombine.Combine(model, arguments, partials.All());
    }
}
