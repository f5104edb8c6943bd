using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Products;

namespace Vantage.Statistics.PrincipalComponents;

/// <summary>Principal components over the rows of all sites, in one round: each site returns sums and sums of products.</summary>
public static class Pca
{
    /// <summary>Two loadings are as large as each other within this.</summary>
    private const double Same = 1e-9;

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<PcaArguments, PcaResult> Central { get; } = Function.Central(
        "central",
        "Principal components of columns over all sites.",
        StatisticsJson.Default.PcaArguments,
        StatisticsJson.Default.PcaResult,
        RunAsync);

    /// <summary><c>pca</c>: what is told is in <see cref="PcaResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "pca",
        "1.0.0",
        "Principal components.",
        typeof(Pca).Assembly,
        ColumnProducts.Partial,
        Central) { Warm = true };

    private static async Task<PcaResult> RunAsync(
        IFederation federation, PcaArguments arguments, CancellationToken cancellationToken)
    {
        var pooled = await PooledProducts.AskAsync(federation, Algorithm, arguments.Columns, cancellationToken);
        var columns = arguments.Columns;
        var scale = new DoubleDouble[columns.Count];
        for (var i = 0; i < scale.Length; i++)
            scale[i] = arguments.Scale ? Deviation(pooled, columns[i], i, arguments.Center) : 1;
        var eigen = SymmetricEigen.Of(
            columns.Count, (i, j) => pooled.Covariance(i, j, arguments.Center) / (scale[i] * scale[j]));
        var count = (int)Math.Min(columns.Count, pooled.Rows);
        double[] values = [.. eigen.Values.Take(count).Select(v => Math.Max(v, 0))];
        var total = values.Sum();
        var components = new List<PrincipalComponent>();
        for (var (i, sum) = (0, 0.0); i < count; i++)
        {
            sum += values[i];
            var sign = Sign(eigen.Vectors[i]);
            components.Add(new(
                $"PC{i + 1}", Math.Sqrt(values[i]), values[i], total > 0 ? values[i] / total : null, total > 0 ? sum / total : null,
                columns.Zip(eigen.Vectors[i]).ToDictionary(c => c.First, c => sign * c.Second, StringComparer.Ordinal)));
        }

        return new(
            columns,
            pooled.Sites,
            pooled.Rows,
            arguments.Center ? Map(i => pooled.Mean(i).ToDouble()) : null,
            arguments.Scale ? Map(i => scale[i].ToDouble()) : null,
            components,
            total,
            pooled.Notes);

        Dictionary<string, double> Map(Func<int, double> value) =>
            columns.Select((c, i) => (c, i)).ToDictionary(c => c.c, c => value(c.i), StringComparer.Ordinal);
    }

    private static DoubleDouble Deviation(PooledProducts pooled, string name, int column, bool centred)
    {
        var variance = pooled.Covariance(column, column, centred).ToDouble();
        return variance > 0 && !(centred && pooled.IsConstant(column))
            ? Math.Sqrt(variance)
            : throw new DataInvalidException(
                $"Column '{name}' is the same in all rows, and cannot be divided by its standard deviation: leave it out.");
    }

    private static int Sign(double[] vector)
    {
        var largest = vector.Max(Math.Abs);
        return vector.First(x => Math.Abs(x) >= largest * (1 - Same)) < 0 ? -1 : 1;
    }
}
