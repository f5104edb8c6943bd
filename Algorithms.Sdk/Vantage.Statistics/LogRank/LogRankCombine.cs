using Vantage.Algorithms.Federations;
using Vantage.Statistics.Distributions;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.LogRank;

/// <summary>Makes the test of what the sites count.</summary>
internal static class LogRankCombine
{
    /// <summary>As R's <c>survdiff</c> solves.</summary>
    private const double RankTolerance = 1e-7;

    public static LogRankResult Combine(
        AgreedSurvival model, double rho, IReadOnlyList<SiteValue<TimeCountsPartial>> partials)
    {
        var (strata, groups) = (model.Strata, model.Groups);
        foreach (var partial in partials)
            TimeCountsCheck.ThrowIfImpossible(partial, model, strata.Count * groups.Count);
        var told = partials.SelectMany(p => p.Value.Cells).ToLookup(c => c.Cell);
        var cuts = TimeTies.Cuts(told.SelectMany(c => c).SelectMany(c => c.Times));
        var rows = new long[groups.Count];
        var sums = new LogRankSums(groups.Count, rho);
        foreach (var stratum in told.GroupBy(c => c.Key / groups.Count).OrderBy(s => s.Key))
        {
            var cells = stratum.OrderBy(c => c.Key).ToDictionary(c => c.Key % groups.Count, c => CellCounts.Of(c, cuts));
            foreach (var (group, counts) in cells)
                rows[group] += counts.Rows;
            sums.AddStratum(cells);
        }

        return Result(model, rho, rows, new(
            [.. sums.Observed.Zip(sums.Expected, (o, e) => o - e)], sums.Variance, [.. sums.Observed.Select(o => (double?)o)],
            StratifiedBySite: false, model.Notes));
    }

    public static LogRankResult Result(AgreedSurvival model, double rho, long[] rows, LogRankEnd end)
    {
        int[] present = [.. Enumerable.Range(0, rows.Length).Where(g => rows[g] > 0)];
        // Whoever was never at risk beside another has neither events to expect nor a variance.
        int[] compared = [.. present.Where(g => end.Observed[g] is { } o ? o - end.Differences[g] > 0 : end.Variance[g, g] > 0)];
        var statistic = Statistic(end, compared);
        return new()
        {
            Formula = model.Question.Formula.Text,
            Rho = rho,
            StratifiedBySite = end.StratifiedBySite,
            Sites = model.Sites,
            Rows = rows.Sum(),
            LeftOut = model.LeftOut,
            Groups = [.. present.Select(g => new LogRankGroup(
                model.Groups.Name(g), rows[g], end.Observed[g], end.Observed[g] - end.Differences[g], end.Differences[g]))],
            Variance = [.. present.Select(g => (IReadOnlyList<double>)[.. present.Select(h => end.Variance[g, h])])],
            Statistic = statistic,
            DegreesOfFreedom = Math.Max(0, compared.Length - 1),
            PValue = statistic is { } x ? Tails.ChiSquared(x, compared.Length - 1) : null,
            Notes = statistic is not null ? end.Notes :
            [
                .. end.Notes,
                present.Length < 2 ? "All rows are of one group: there is nothing to compare."
                    : "No event happened while two groups were at risk: there is nothing to compare.",
            ],
        };
    }

    /// <summary>(O − E)'V⁻¹(O − E) without the first group, which the others determine.</summary>
    private static double? Statistic(LogRankEnd end, int[] compared)
    {
        int[] free = [.. compared.Skip(1)];
        if (free.Length == 0)
            return null;
        var triangle = new List<DoubleDouble>();
        for (var i = 0; i < free.Length; i++)
            triangle.AddRange(free.Skip(i).Select(g => (DoubleDouble)end.Variance[free[i], g]));
        var equations = NormalEquations.Factorise(
            new(free.Length, [.. triangle]), Enumerable.Range(0, free.Length), RankTolerance);
        if (equations.Kept.Count == 0)
            return null;
        var solved = equations.Solve(i => end.Differences[free[i]]);
        return equations.Kept.Zip(solved, (i, x) => (x * end.Differences[free[i]]).ToDouble()).Sum();
    }
}

/// <summary>The sums of all sites.</summary>
/// <param name="Differences">Observed less expected events of each group.</param>
/// <param name="Variance">Of these.</param>
/// <param name="Observed">Null where a site held its own back.</param>
/// <param name="StratifiedBySite">Whether each site was a stratum.</param>
/// <param name="Notes">What sites held back.</param>
internal sealed record LogRankEnd(
    double[] Differences, double[,] Variance, double?[] Observed, bool StratifiedBySite, IReadOnlyList<string> Notes);
