using Vantage.Statistics.Survival;

namespace Vantage.Statistics.KaplanMeier.Grids;

/// <summary>
/// Adds up what sites tell of one group, each by intervals of its own. Within an interval, those who are still to leave become fewer
/// at an even rate; those who are censored in a step of the grid count half in it.
/// </summary>
internal static class GridCurve
{
    /// <summary>Of an interval's rows: as if so many stayed. It keeps the rate finite where the last rows leave.</summary>
    private const double Staying = 0.25;

    /// <summary>Rows that a site tells of.</summary>
    public static long Rows(GridCell site) => site.Events.Sum() + site.Censored.Sum() + site.FewCensored;

    public static IReadOnlyList<TimePoint> Points(IReadOnlyList<GridCell> sites, double[] edges, int fewest)
    {
        var atRisk = (double)sites.Sum(Rows);
        var points = new List<TimePoint>();
        var (events, censored) = (0.0, 0.0);
        foreach (var edge in edges)
        {
            var (died, left) = (sites.Sum(s => Until(s.EventEdges, s.Events, edge)), sites.Sum(s => CensoredUntil(s, edge)));
            var (d, c) = (died - events, left - censored);
            if (atRisk < fewest)
                break;
            points.Add(new(edge, Math.Max(atRisk - (c / 2), d), d, c));
            atRisk -= d + c;
            (events, censored) = (died, left);
        }

        return points;
    }

    /// <summary>Where they are too few to be told by intervals, they are taken as even over all the time.</summary>
    private static double CensoredUntil(GridCell site, double time) => site.CensoredEdges.Count > 0
        ? Until(site.CensoredEdges, site.Censored, time)
        : site.FewCensored * Math.Min(1, time / site.EventEdges[^1]);

    private static double Until(IReadOnlyList<double> ends, IReadOnlyList<long> counts, double time)
    {
        var remaining = (double)counts.Sum();
        var (sum, begin) = (0.0, 0.0);
        for (var i = 0; i < ends.Count; begin = ends[i], remaining -= counts[i], i++)
        {
            if (time >= ends[i])
            {
                sum += counts[i];
                continue;
            }

            var share = Math.Max(0, (time - begin) / (ends[i] - begin));
            var (from, to) = (remaining + (Staying * counts[i]), remaining - ((1 - Staying) * counts[i]));
            return sum + (from - (from * Math.Pow(to / from, share)));
        }

        return sum;
    }
}
