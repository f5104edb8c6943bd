using Vantage.Algorithms.Functions;
using Vantage.Statistics.Products;

namespace Vantage.Statistics.Clusters;

/// <summary>
/// Starting centres that are nobody's rows: drawn from the normal distribution with the means and covariances of the columns. Of ten
/// candidates the one farthest from the centres so far is taken, so that starts are spread.
/// </summary>
internal static class KMeansStarts
{
    private const int Candidates = 10;

    public static IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Draw(
        PooledProducts pooled, int columns, int clusters, int starts, int seed)
    {
        var root = Root(pooled, columns);
        double[] means = [.. Enumerable.Range(0, columns).Select(i => pooled.Mean(i).ToDouble())];
        var random = new Random(seed);
        var drawn = Enumerable.Range(0, starts).Select(_ => Spread(() => Draw(random, means, root), clusters)).ToList();
        return drawn.All(AreApart)
            ? drawn
            : throw new DataInvalidException($"The columns do not vary enough for {clusters} clusters: ask for fewer, or for other columns.");
    }

    private static bool AreApart(List<double[]> centres) =>
        centres.Index().All(c => centres.Skip(c.Index + 1).All(other => Distance(c.Item, other) > 0));

    private static List<double[]> Spread(Func<double[]> draw, int clusters)
    {
        var centres = new List<double[]> { draw() };
        while (centres.Count < clusters)
            centres.Add(Enumerable.Range(0, Candidates).Select(_ => draw()).MaxBy(c => centres.Min(other => Distance(c, other)))!);
        return centres;
    }

    private static double[] Draw(Random random, double[] means, double[,] root)
    {
        var normal = new double[means.Length];
        for (var i = 0; i < normal.Length; i++)
            normal[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var drawn = (double[])means.Clone();
        for (var i = 0; i < drawn.Length; i++)
        {
            for (var j = 0; j <= i; j++)
                drawn[i] += root[i, j] * normal[j];
        }

        return drawn;
    }

    /// <summary>Cholesky's root of the covariances; a column that others determine adds nothing of its own.</summary>
    private static double[,] Root(PooledProducts pooled, int columns)
    {
        var root = new double[columns, columns];
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = pooled.Covariance(i, j, centred: true).ToDouble();
                for (var k = 0; k < j; k++)
                    sum -= root[i, k] * root[j, k];
                root[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 0)) : root[j, j] > 0 ? sum / root[j, j] : 0;
            }
        }

        return root;
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
