using System.Globalization;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Products;

namespace Vantage.Statistics.Clusters;

/// <summary>The partial: one pass over the rows for all starts.</summary>
internal static class KMeansAtSite
{
    public static async Task<KMeansPartial> ComputeAsync(
        KMeansStep step, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var reader = new NumberRows(table, step.Columns);
        var starts = step.Starts.Select(s => s.Select(c => new Cluster([.. c])).ToArray()).ToList();
        var rows = 0L;
        await foreach (var x in reader.ReadAsync(cancellationToken))
        {
            rows++;
            foreach (var clusters in starts)
                Nearest(clusters, x).Add(x);
        }

        if (rows + reader.LeftOut == 0)
            throw new DataInvalidException($"'{table.Label}' has no rows.");
        if (starts.Any(s => s.Any(c => !c.IsFinite)))
            throw new DataInvalidException($"Columns of '{table.Label}' hold values that are too large for sums of squares.");
        var told = starts.Select(s => new KMeansStart([.. s.Select(c => c.Told(rules))])).ToList();
        var held = told.Max(s => s.Clusters.Count(c => c is null));
        return new(
            ToldRows.Of(rules, rows), rules.Blur(reader.LeftOut), told,
            held == 0 ? [] : [new Suppressed(SuppressionRules.MinimumCell, held)]);
    }

    /// <summary>The first of those that are equally near, as R's.</summary>
    private static Cluster Nearest(Cluster[] clusters, double[] x)
    {
        var (best, nearest) = (clusters[0], double.PositiveInfinity);
        foreach (var cluster in clusters)
        {
            var distance = cluster.Distance(x);
            if (distance < nearest)
                (best, nearest) = (cluster, distance);
        }

        return best;
    }

    private sealed class Cluster(double[] centre)
    {
        private readonly DoubleDouble[] sums = new DoubleDouble[centre.Length];
        private DoubleDouble squares;
        private long rows;

        public bool IsFinite => squares.IsFinite && sums.All(s => s.IsFinite);

        public double Distance(double[] x)
        {
            var sum = 0.0;
            for (var i = 0; i < x.Length; i++)
                sum += (x[i] - centre[i]) * (x[i] - centre[i]);
            return sum;
        }

        public void Add(double[] x)
        {
            rows++;
            for (var i = 0; i < x.Length; i++)
            {
                sums[i] += x[i];
                squares += DoubleDouble.Product(x[i] - centre[i], x[i] - centre[i]);
            }
        }

        public ClusterSums? Told(DisclosureRules rules)
        {
            if (rules.IsOff || rows == 0)
                return new(rows, ExactSums.Of(sums), ExactSums.Of([squares]));
            return rules.MaySpeakOf(rows) && sums.Length <= rules.LevelsShare * rows
                ? new(rows, ExactSums.Of([.. sums.Select(Rounded)]), ExactSums.Of([Rounded(squares)]))
                : null;
        }

        private static DoubleDouble Rounded(DoubleDouble sum) => double.Parse(
            sum.ToDouble().ToString($"E{ClusterSums.Digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
