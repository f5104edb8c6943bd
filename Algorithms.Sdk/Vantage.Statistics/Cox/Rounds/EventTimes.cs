using Vantage.Statistics.Cox.AtSite;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox.Rounds;

/// <summary>The event times of one stratum over all sites.</summary>
/// <param name="Times">As the sites are told.</param>
/// <param name="Events">How many at each.</param>
internal sealed record EventTimes(StratumTimes Times, IReadOnlyList<long> Events)
{
    public static IReadOnlyList<EventTimes> Merge(IEnumerable<StratumEvents> told, double[]? cuts, string ties) =>
        [.. told.GroupBy(s => s.Stratum).OrderBy(s => s.Key).Select(s => Merge(s.Key, s, cuts, ties))];

    /// <summary>Adds the sums of all sites up, and evaluates the likelihood.</summary>
    /// <returns>For each stratum: by how much the cumulative baseline hazard grows at each time.</returns>
    public static IReadOnlyList<double[]> Evaluate(
        PartialLikelihood likelihood, int width, IReadOnlyList<EventTimes> strata, IReadOnlyList<CoxPartial> partials)
    {
        var size = RiskSets.SizeOf(width);
        likelihood.AddDying(ExactSums.Add(partials.Select(p => p.Dying)));
        var hazards = new List<double[]>();
        foreach (var (place, stratum) in strata.Index())
        {
            var atRisk = ExactSums.Add(partials.Select(p => p.Strata[place].AtRisk));
            var dying = ExactSums.Add(partials.Select(p => p.Strata[place].Dying));
            var hazard = new double[stratum.Events.Count];
            for (var (time, tied) = (0, 0); time < hazard.Length; time++)
            {
                var isTied = tied < stratum.Times.Tied.Count && stratum.Times.Tied[tied] == time;
                hazard[time] = likelihood.AddTime(
                    atRisk.AsSpan(time * size, size),
                    isTied ? dying.AsSpan(tied++ * size, size) : [],
                    stratum.Events[time]);
            }

            hazards.Add(hazard);
        }

        return hazards;
    }

    private static EventTimes Merge(int stratum, IEnumerable<StratumEvents> told, double[]? cuts, string ties)
    {
        var events = new SortedDictionary<double, long>();
        foreach (var site in told)
        {
            foreach (var (time, count) in site.Times.Zip(site.Events))
            {
                var at = TimeTies.Snap(cuts, time);
                events[at] = events.GetValueOrDefault(at) + count;
            }
        }

        long[] counts = [.. events.Values];
        int[] tied = ties == CoxTies.Efron ? [.. counts.Index().Where(c => c.Item > 1).Select(c => c.Index)] : [];
        return new(new(stratum, [.. events.Keys], tied), counts);
    }
}
