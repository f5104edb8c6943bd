using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Cox.Rounds;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox.AtSite;

/// <summary>The partial likelihood of a site whose baseline hazard is its own: two passes, and no time leaves.</summary>
internal static class CoxWithin
{
    public static async Task<CoxWithinPartial> ComputeAsync(
        CoxWithinStep step, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var found = await CoxAtSite.TimesAsync(new(step.Columns, step.Model), table, cancellationToken);
        if (!rules.MaySpeakOf(found.Rows))
            return Held(0, SuppressionRules.MinimumCell);
        var cuts = TimeTies.Cuts(found.Times);
        var width = found.Indicators.Count;
        var strata = EventTimes.Merge(found.Strata, cuts, step.Ties);
        var events = strata.Sum(s => s.Events.Sum());
        if (await CoxRules.AgainstAsync(rules, step, table, found.Rows, events, cancellationToken) is { } rule)
            return Held(SurvivalRules.Told(rules, found.Rows), rule);
        var means = found.Sums.Values.Select(s => found.Rows == 0 ? 0 : s / found.Rows).ToArray();
        var round = new CoxStep(step.Columns, step.Model, means, step.Coefficients, cuts, [.. strata.Select(s => s.Times)]);
        var sums = await CoxAtSite.ComputeAsync(round, table, cancellationToken);
        var likelihood = new PartialLikelihood(width);
        EventTimes.Evaluate(likelihood, width, strata, [sums]);
        if (!likelihood.LogLikelihood.IsFinite || likelihood.Score.Concat(likelihood.Information).Any(s => !s.IsFinite))
            throw CoxAtSite.TooLarge(table);
        // Where few are censored, the rows that are told are those with the event: what is left of them is no number then.
        var told = SurvivalRules.Told(rules, found.Rows);
        return new(
            told <= events || rules.MayShow(told - events) ? told : SurvivalRules.Told(rules, events),
            events,
            ExactSums.Of([likelihood.LogLikelihood]),
            ExactSums.Of(likelihood.Score),
            ExactSums.Of(likelihood.Information),
            [])
        {
            Rounding = rules.RoundingTold,
        };
    }

    private static CoxWithinPartial Held(long rows, string rule) =>
        new(rows, null, null, null, null, [new Suppressed(rule, 1)]);
}
