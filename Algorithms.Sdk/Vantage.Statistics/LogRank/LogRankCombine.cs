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

        return Result(model, rho, rows, sums);
    }

    public static LogRankResult Result(AgreedSurvival model, double rho, long[] rows, LogRankSums sums)
    {
        int[] present = [.. Enumerable.Range(0, rows.Length).Where(g => rows[g] > 0)];
        int[] expected = [.. present.Where(g => sums.Expected[g] > 0)];
        var statistic = Statistic(sums, expected);
        return new()
        {
            Formula = model.Question.Formula.Text,
            Rho = rho,
            Sites = model.Sites,
            Rows = model.Rows,
            LeftOut = model.LeftOut,
            Groups = [.. present.Select(g => new LogRankGroup(model.Groups.Name(g), rows[g], sums.Observed[g], sums.Expected[g]))],
            Variance = [.. present.Select(g => (IReadOnlyList<double>)[.. present.Select(h => sums.Variance[g, h])])],
            Statistic = statistic,
            DegreesOfFreedom = Math.Max(0, expected.Length - 1),
            PValue = statistic is { } x ? Tails.ChiSquared(x, expected.Length - 1) : null,
        };
    }

    /// <summary>(O − E)'V⁻¹(O − E) without the first group, which the others determine.</summary>
    private static double? Statistic(LogRankSums sums, int[] expected)
    {
        int[] free = [.. expected.Skip(1)];
        if (free.Length == 0)
            return null;
        var triangle = new List<DoubleDouble>();
        for (var i = 0; i < free.Length; i++)
            triangle.AddRange(free.Skip(i).Select(g => (DoubleDouble)sums.Variance[free[i], g]));
        var equations = NormalEquations.Factorise(
            new(free.Length, [.. triangle]), Enumerable.Range(0, free.Length), RankTolerance);
        if (equations.Kept.Count == 0)
            return null;
        var solved = equations.Solve(i => Difference(free[i]));
        return equations.Kept.Zip(solved, (i, x) => (x * Difference(free[i])).ToDouble()).Sum();

        double Difference(int g) => sums.Observed[g] - sums.Expected[g];
    }
}
