using Vantage.Statistics.Distributions;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Correlations;

/// <summary>How columns vary together over rows that have all of them.</summary>
/// <param name="columns">Their places among those asked for.</param>
/// <param name="count">The rows.</param>
/// <param name="products">Sums of products of a column of ones and these.</param>
internal sealed class Spread(IReadOnlyList<int> columns, long count, SymmetricMatrix products)
{
    public long Count => count;

    /// <summary>Of the first so many columns; null with fewer than two rows.</summary>
    public IReadOnlyList<IReadOnlyList<double?>> Covariances(int first) =>
        [.. Enumerable.Range(0, first).Select(i => (IReadOnlyList<double?>)
            [.. Enumerable.Range(0, first).Select(j => Covariance(i, j))])];

    public CorrelationPair Pair(
        IReadOnlyList<string> names, int first, int second, IReadOnlyList<int> controls, double confidenceLevel)
    {
        var (i, j) = (Place(first), Place(second));
        var rest = new PairRest(products, i + 1, j + 1, [.. controls.Select(c => Place(c) + 1)]);
        var r = count > 1 ? rest.Correlation : null;
        var degrees = count - 2 - rest.Controls;
        var t = r is { } value && degrees > 0 && rest.Unexplained > 0
            ? value * Math.Sqrt(degrees / rest.Unexplained)
            : (double?)null;
        // The statistic of columns that determine each other is infinite.
        var isExact = t is null && degrees > 0 && r is 1 or -1;
        return new(
            names[first],
            names[second],
            count,
            Covariance(i, j),
            r,
            t,
            degrees > 0 ? degrees : null,
            t is { } statistic ? Tails.Student(statistic, degrees) : isExact ? 0 : null,
            degrees <= 1 ? null : isExact ? [r!.Value, r.Value] : t is null ? null : FisherZ(r!.Value, degrees - 1, confidenceLevel));
    }

    private int Place(int column) => columns.Index().First(c => c.Item == column).Index;

    private double? Covariance(int i, int j) => count < 2
        ? null
        : ((products[i + 1, j + 1] - (products[0, i + 1] * products[0, j + 1] / count)) / (count - 1)).ToDouble();

    /// <summary>The interval on the scale of Fisher's z, on which r is nearly normal with the variance 1 / (n − 3).</summary>
    private static IReadOnlyList<double> FisherZ(double r, long degrees, double confidenceLevel)
    {
        var reach = Tails.NormalQuantile(1 - confidenceLevel) / Math.Sqrt(degrees);
        return [Math.Tanh(Math.Atanh(r) - reach), Math.Tanh(Math.Atanh(r) + reach)];
    }
}
