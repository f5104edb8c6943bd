using Vantage.Statistics.Survival;

namespace Vantage.Statistics.LogRank;

/// <summary>Observed and expected events of the groups, with the variance of their difference, summed over strata.</summary>
internal sealed class LogRankSums(int groups, double rho)
{
    public double[] Observed { get; } = new double[groups];

    public double[] Expected { get; } = new double[groups];

    public double[,] Variance { get; } = new double[groups, groups];

    /// <param name="cells">The groups of one stratum that have rows, by their place.</param>
    public void AddStratum(IReadOnlyDictionary<int, CellCounts> cells)
    {
        var here = cells.Select(c => (Group: c.Key, Points: c.Value.Points())).ToList();
        var next = new int[here.Count];
        double[] atRisk = [.. cells.Values.Select(c => (double)c.Rows)];
        var survival = 1.0;
        foreach (var time in here.SelectMany(h => h.Points.Select(p => p.Time)).Distinct().Order())
        {
            var events = new double[here.Count];
            var leaving = new double[here.Count];
            for (var i = 0; i < here.Count; i++)
            {
                if (next[i] < here[i].Points.Count && here[i].Points[next[i]] is var point && point.Time == time)
                {
                    (events[i], leaving[i]) = (point.Events, point.Events + point.Censored);
                    next[i]++;
                }
            }

            var (d, n) = (events.Sum(), atRisk.Sum());
            if (d > 0)
                AddTime([.. here.Select(h => h.Group)], events, atRisk, Math.Pow(survival, rho));
            survival *= (n - d) / n;
            for (var i = 0; i < here.Count; i++)
                atRisk[i] -= leaving[i];
        }
    }

    /// <summary>The hypergeometric moments of one time.</summary>
    private void AddTime(int[] places, double[] events, double[] atRisk, double weight)
    {
        var (d, n) = (events.Sum(), atRisk.Sum());
        for (var i = 0; i < places.Length; i++)
        {
            Observed[places[i]] += weight * events[i];
            Expected[places[i]] += weight * d * atRisk[i] / n;
            if (n <= 1)
                continue;
            var factor = weight * weight * d * (n - d) / (n - 1) * atRisk[i] / n;
            for (var j = 0; j < places.Length; j++)
                Variance[places[i], places[j]] += factor * ((i == j ? 1 : 0) - (atRisk[j] / n));
        }
    }
}
