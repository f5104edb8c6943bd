using Vantage.Algorithms.Tables;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox;

/// <summary>The partial likelihood of a site whose baseline hazard is its own: two passes, and no time leaves.</summary>
internal static class CoxWithin
{
    public static async Task<CoxWithinPartial> ComputeAsync(
        CoxWithinStep step, ITable table, CancellationToken cancellationToken)
    {
        var found = await CoxAtSite.TimesAsync(new(step.Columns, step.Model), table, cancellationToken);
        var cuts = TimeTies.Cuts(found.Times);
        var width = found.Indicators.Count;
        var strata = EventTimes.Merge(found.Strata, cuts, step.Ties);
        var means = found.Sums.Values.Take(width).Select(s => found.Rows == 0 ? 0 : s / found.Rows).ToArray();
        var round = new CoxStep(step.Columns, step.Model, means, step.Coefficients, cuts, [.. strata.Select(s => s.Times)]);
        var sums = await CoxAtSite.ComputeAsync(round, table, cancellationToken);
        var likelihood = new PartialLikelihood(width);
        EventTimes.Evaluate(likelihood, width, strata, [sums]);
        return new(
            found.Rows,
            strata.Sum(s => s.Events.Sum()),
            ExactSums.Of([likelihood.LogLikelihood]),
            ExactSums.Of(likelihood.Score),
            ExactSums.Of(likelihood.Information));
    }
}
