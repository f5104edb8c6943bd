using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Cox.AtSite;
using Vantage.Statistics.Cox.Rounds;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox;

/// <summary>
/// Cox's proportional hazards model over the rows of all sites. The sites agree on types, levels and event times; then every
/// round is one step of Newton's method on the partial likelihood. With a baseline hazard for each site, no event time leaves.
/// </summary>
public static class CoxModel
{
    /// <summary>The second round at a site: event times, and sums of the columns.</summary>
    public static PartialFunction<SurvivalStep, CoxTimesPartial> Times { get; } = Function.Partial(
        "times",
        "Event times and column sums at one site.",
        StatisticsJson.Default.SurvivalStep,
        StatisticsJson.Default.CoxTimesPartial,
        (context, step, data, cancellationToken) =>
        {
            SurvivalRules.ThrowIfOn(context.Disclosure);
            return CoxAtSite.TimesAsync(step, data.Single, cancellationToken);
        });

    /// <summary>Every later round: sums over those at risk at each event time of all sites.</summary>
    public static PartialFunction<CoxStep, CoxPartial> Partial { get; } = Function.Partial(
        "partial",
        "Sums over the rows at risk at the event times of all sites, for given coefficients.",
        StatisticsJson.Default.CoxStep,
        StatisticsJson.Default.CoxPartial,
        (context, step, data, cancellationToken) =>
        {
            SurvivalRules.ThrowIfOn(context.Disclosure);
            return CoxAtSite.ComputeAsync(step, data.Single, cancellationToken);
        });

    /// <summary>Every later round of a model stratified by site: the likelihood of one site with its derivatives.</summary>
    public static PartialFunction<CoxWithinStep, CoxWithinPartial> Within { get; } = Function.Partial(
        "within",
        "The partial likelihood of one site with a baseline hazard of its own, for given coefficients.",
        StatisticsJson.Default.CoxWithinStep,
        StatisticsJson.Default.CoxWithinPartial,
        (context, step, data, cancellationToken) =>
            CoxWithin.ComputeAsync(step, data.Single, context.Disclosure, cancellationToken));

    /// <summary>The last round: how well the predictor tells who has the event first.</summary>
    public static PartialFunction<CoxWithinStep, ConcordancePartial> Concordance { get; } = Function.Partial(
        "concordance",
        "Pairs of rows of one site that the model orders rightly or wrongly.",
        StatisticsJson.Default.CoxWithinStep,
        StatisticsJson.Default.ConcordancePartial,
        (context, step, data, cancellationToken) =>
            ConcordantPairs.ComputeAsync(step, data.Single, context.Disclosure, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers in every round.</remarks>
    public static CentralFunction<CoxArguments, CoxResult> Central { get; } = Function.Central(
        "central",
        "A proportional hazards model over all sites, by an R formula.",
        StatisticsJson.Default.CoxArguments,
        StatisticsJson.Default.CoxResult,
        RunAsync);

    /// <summary><c>cox</c>: what is estimated, and in which unit, is in <see cref="CoxResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "cox",
        "1.0.0",
        "Cox's proportional hazards model by an R formula.",
        typeof(CoxModel).Assembly,
        SurvivalFrame.Partial,
        Times,
        Partial,
        Within,
        Concordance,
        Central) { Warm = true };

    private static async Task<CoxResult> RunAsync(
        IFederation federation, CoxArguments arguments, CancellationToken cancellationToken)
    {
        var model = await SurvivalAgreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var design = CoxAtSite.DesignOf(model.Spec);
        var newton = new CoxNewton(design.Columns.Count, arguments.Tolerance, arguments.MaxIterations);
        CoxRounds rounds = arguments.StratifyBySite ?? !model.TellsTimes
            ? new RoundsWithinSites(federation, model, arguments.Ties)
            : await RoundsOverSites.BeginAsync(federation, model, design.Columns.Count, arguments.Ties, cancellationToken);
        while (newton.Take(await rounds.EvaluateAsync(newton.Coefficients, cancellationToken), rounds.Events))
        {
        }

        var last = await rounds.EndAsync(newton.Coefficients, cancellationToken);
        return CoxFit.Result(model, design, arguments, newton, last);
    }
}
