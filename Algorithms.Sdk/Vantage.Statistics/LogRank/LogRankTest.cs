using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.LogRank;

/// <summary>
/// The log-rank test and its relatives over the rows of all sites, stratified if asked, in two rounds: the sites agree on levels
/// and on which status is the event, then each counts who leaves at which time.
/// </summary>
public static class LogRankTest
{
    /// <summary>The second round at a site: events and censorings by time.</summary>
    public static PartialFunction<SurvivalStep, TimeCountsPartial> Partial { get; } = Function.Partial(
        "partial",
        "Events and censorings by time, group and stratum at one site.",
        StatisticsJson.Default.SurvivalStep,
        StatisticsJson.Default.TimeCountsPartial,
        (context, step, data, cancellationToken) =>
        {
            SurvivalRules.ThrowIfOn(context.Disclosure);
            return TimeCounts.ComputeAsync(step, data.Single, cancellationToken);
        });

    /// <summary>The second round where each site is a stratum of its own: the test's sums, and no times.</summary>
    public static PartialFunction<LogRankWithinStep, LogRankWithinPartial> Within { get; } = Function.Partial(
        "within",
        "Observed less expected events of each group, and their variance, within one site.",
        StatisticsJson.Default.LogRankWithinStep,
        StatisticsJson.Default.LogRankWithinPartial,
        (context, step, data, cancellationToken) =>
            LogRankWithin.ComputeAsync(step, data.Single, context.Disclosure, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<LogRankArguments, LogRankResult> Central { get; } = Function.Central(
        "central",
        "A test over all sites whether groups survive alike.",
        StatisticsJson.Default.LogRankArguments,
        StatisticsJson.Default.LogRankResult,
        RunAsync);

    /// <summary><c>logrank</c>: what is tested is in <see cref="LogRankResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "logrank",
        "1.0.0",
        "The log-rank test, stratified if asked.",
        typeof(LogRankTest).Assembly,
        SurvivalFrame.Partial,
        Partial,
        Within,
        Central) { Warm = true };

    private static async Task<LogRankResult> RunAsync(
        IFederation federation, LogRankArguments arguments, CancellationToken cancellationToken)
    {
        var model = await SurvivalAgreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        if (arguments.StratifyBySite ?? !model.TellsTimes)
        {
            var within = new LogRankWithinStep(model.Question.Columns, model.Spec, arguments.Rho);
            var sums = await federation.RunAsync(Algorithm, Within, within, cancellationToken);
            return LogRankWithinCombine.Combine(model, arguments.Rho, sums.All());
        }

        var step = new SurvivalStep(model.Question.Columns, model.Spec);
        var partials = await federation.RunAsync(Algorithm, Partial, step, cancellationToken);
        return LogRankCombine.Combine(model, arguments.Rho, partials.All());
    }
}
