using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.LogRank;

/// <summary>Adds the tests of the sites up, as R's <c>survdiff</c> does with <c>strata(site)</c>.</summary>
internal static class LogRankWithinCombine
{
    /// <summary>What rounding takes.</summary>
    private const double Slack = 1e-6;

    public static LogRankResult Combine(
        AgreedSurvival model, double rho, IReadOnlyList<SiteValue<LogRankWithinPartial>> partials)
    {
        var groups = model.Groups.Count;
        foreach (var partial in partials)
            ThrowIfImpossible(partial, model, groups);
        var told = partials.Where(p => p.Value.Groups.Count > 0).Select(p => p.Value).ToList();
        string[] notes = [.. model.Notes.Union(partials.SelectMany(p => p.Value.Suppressed.Select(s => s.Note(p.Site))))];
        if (told.Count == 0)
        {
            throw new DataInvalidException("No site's disclosure rules let it tell of these groups. "
                + string.Join(" ", notes) + " Ask about more rows, or fewer groups.");
        }

        var rows = new long[groups];
        var differences = new double[groups];
        var variance = new double[groups, groups];
        foreach (var site in told)
        {
            var place = 0;
            for (var g = 0; g < groups; g++)
            {
                rows[g] += site.Groups[g].Rows;
                differences[g] += site.Differences[g];
                for (var h = g; h < groups; h++, place++)
                {
                    variance[g, h] += site.Variance[place];
                    variance[h, g] = variance[g, h];
                }
            }
        }

        double?[] observed = [.. Enumerable.Range(0, groups).Select(g => told.Aggregate((double?)0, (sum, s) => sum + s.Groups[g].Observed))];
        return LogRankCombine.Result(model, rho, rows, new(differences, variance, observed, StratifiedBySite: true, notes));
    }

    private static void ThrowIfImpossible(SiteValue<LogRankWithinPartial> partial, AgreedSurvival model, int groups)
    {
        var value = partial.Value;
        if (value.Groups.Count == 0)
        {
            if (value.Suppressed.Count == 0 || value.Differences.Count > 0 || value.Variance.Count > 0)
                throw FrameCheck.Impossible(partial.Site, "it does not say what it held back");
            return;
        }

        TimeCountsCheck.ThrowIfOtherRows(partial.Site, value.Rows, model);
        if (value.Groups.Count != groups || value.Differences.Count != groups || value.Variance.Count != groups * (groups + 1) / 2)
            throw FrameCheck.Impossible(partial.Site, "its sums are not of these groups");
        if (value.Groups.Any(g => g.Rows < 0 || g.Rows > value.Rows || g.Observed < 0 || g.Observed is double.NaN)
            || value.Groups.Sum(g => g.Rows) > value.Rows || (model.TellsTimes && value.Groups.Any(g => g.Observed > g.Rows)) || value.Differences.Any(x => !(Math.Abs(x) <= 2 * value.Rows))
            || value.Variance.Any(x => !double.IsFinite(x)) || !IsVariance(value.Variance, groups, value.Rows)
            // What one group has too many, the others have too few.
            || Math.Abs(value.Differences.Sum()) > Slack * (1 + value.Rows))
        {
            throw FrameCheck.Impossible(partial.Site, "its sums contradict each other");
        }
    }

    /// <summary>No square is negative, and the differences of all groups together do not vary.</summary>
    private static bool IsVariance(IReadOnlyList<double> triangle, int groups, long rows)
    {
        var sums = new double[groups];
        for (var (g, place) = (0, 0); g < groups; g++)
        {
            if (triangle[place] < 0)
                return false;
            for (var h = g; h < groups; h++, place++)
            {
                sums[g] += triangle[place];
                if (h > g)
                    sums[h] += triangle[place];
            }
        }

        return sums.All(s => Math.Abs(s) <= Slack * (1 + rows));
    }
}
